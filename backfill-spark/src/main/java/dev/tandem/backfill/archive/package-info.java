/** Folders into which the log is moved, and what they hold. */
@NullMarked
package dev.tandem.backfill.archive;

import org.jspecify.annotations.NullMarked;
