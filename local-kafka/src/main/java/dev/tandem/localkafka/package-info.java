/** A real single-node Kafka broker inside this JVM, for the demo and for tests. */
@NullMarked
package dev.tandem.localkafka;

import org.jspecify.annotations.NullMarked;
