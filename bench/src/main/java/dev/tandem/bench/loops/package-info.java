/** The inner loops of the core, each step alone. */
@NullMarked
package dev.tandem.bench.loops;

import org.jspecify.annotations.NullMarked;
