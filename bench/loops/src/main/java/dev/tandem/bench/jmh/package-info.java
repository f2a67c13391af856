/** The inner loops of the core under JMH. */
@NullMarked
package dev.tandem.bench.jmh;

import org.jspecify.annotations.NullMarked;
