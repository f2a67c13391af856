/** Published monthly files from their publisher: resumed, checksummed, put in place when whole. */
@NullMarked
package dev.tandem.replay.fetch;

import org.jspecify.annotations.NullMarked;
