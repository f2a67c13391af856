/** Engines as processes of their own, and what they cost. */
@NullMarked
package dev.tandem.bench.engine;

import org.jspecify.annotations.NullMarked;
