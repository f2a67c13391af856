/** Looks at a file of unknown rows and drafts a pipeline for it. */
@NullMarked
package dev.tandem.replay.init;

import org.jspecify.annotations.NullMarked;
