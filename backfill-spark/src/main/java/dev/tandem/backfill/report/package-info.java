/**
 * What a backfill found and would change: counts, causes and changes, as values without an engine.
 */
@NullMarked
package dev.tandem.backfill.report;

import org.jspecify.annotations.NullMarked;
