/** Trips, the rows they touch and the totals of a row, as a user of an engine would write them. */
@NullMarked
package dev.tandem.bench.rows;

import org.jspecify.annotations.NullMarked;
