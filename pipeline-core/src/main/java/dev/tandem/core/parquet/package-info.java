/** Rows of Parquet files as JSON trees. */
@NullMarked
package dev.tandem.core.parquet;

import org.jspecify.annotations.NullMarked;
