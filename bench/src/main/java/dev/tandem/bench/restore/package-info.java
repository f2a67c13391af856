/** Coming back with a large state: after a clean stop, after a kill, without local files. */
@NullMarked
package dev.tandem.bench.restore;

import org.jspecify.annotations.NullMarked;
