/** The work in Spark DataFrames. */
@NullMarked
package dev.tandem.bench.dataframes;

import org.jspecify.annotations.NullMarked;
