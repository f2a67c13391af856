/**
 * Kafka as Tandem uses it: topics and their settings, clients, where keys belong, the runs on
 * record. The only package that knows the client library.
 */
@NullMarked
package dev.tandem.core.kafka;

import org.jspecify.annotations.NullMarked;
