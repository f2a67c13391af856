/** The work in the ordinary Kafka Streams DSL. */
@NullMarked
package dev.tandem.bench.dsl;

import org.jspecify.annotations.NullMarked;
