/** The batch on Spark: reading, folding and comparing; Spark's types stay inside. */
@NullMarked
package dev.tandem.backfill.engine;

import org.jspecify.annotations.NullMarked;
