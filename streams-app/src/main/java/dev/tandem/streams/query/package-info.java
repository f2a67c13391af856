/** Questions to the rows: a query is a value, an answer is merged at read time. */
@NullMarked
package dev.tandem.streams.query;

import org.jspecify.annotations.NullMarked;
