/** Files of history to acknowledged events: Tandem's replay beside what a producer can do. */
@NullMarked
package dev.tandem.bench.replay;

import org.jspecify.annotations.NullMarked;
