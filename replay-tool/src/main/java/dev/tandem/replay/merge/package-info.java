/** Many files as one stream of records in event order, the same at every reading. */
@NullMarked
package dev.tandem.replay.merge;

import org.jspecify.annotations.NullMarked;
