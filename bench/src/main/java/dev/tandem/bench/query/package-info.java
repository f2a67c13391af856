/** Questions to the app over HTTP, and the same ones to DuckDB over a table of the rows. */
@NullMarked
package dev.tandem.bench.query;

import org.jspecify.annotations.NullMarked;
