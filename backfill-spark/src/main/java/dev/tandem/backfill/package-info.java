/** The batch half: recompute history with Spark, compare, publish what was wrong. */
@NullMarked
package dev.tandem.backfill;

import org.jspecify.annotations.NullMarked;
