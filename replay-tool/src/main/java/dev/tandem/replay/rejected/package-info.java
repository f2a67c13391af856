/** Rejected records: what they are, which of them can be read by now, and sending those again. */
@NullMarked
package dev.tandem.replay.rejected;

import org.jspecify.annotations.NullMarked;
