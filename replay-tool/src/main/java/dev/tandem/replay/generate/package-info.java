/** Sample histories: believable, with the defects of real files, and the same for the same seed. */
@NullMarked
package dev.tandem.replay.generate;

import org.jspecify.annotations.NullMarked;
