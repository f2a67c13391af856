/** The long-lived service: Kafka Streams, its settings, memory, metrics and health. */
@NullMarked
package dev.tandem.streams.service;

import org.jspecify.annotations.NullMarked;
