/** The two halves of the stream as a Kafka Streams topology: sources, processors, stores, sinks. */
@NullMarked
package dev.tandem.streams.topology;

import org.jspecify.annotations.NullMarked;
