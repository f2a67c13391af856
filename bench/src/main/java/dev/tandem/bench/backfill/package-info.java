/** Files of history to rows: Tandem's backfill beside engines that compute the same rows. */
@NullMarked
package dev.tandem.bench.backfill;

import org.jspecify.annotations.NullMarked;
