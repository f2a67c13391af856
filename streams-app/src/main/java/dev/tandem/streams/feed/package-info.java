/** What changes in a pipeline, in whichever instance, as it is committed. */
@NullMarked
package dev.tandem.streams.feed;

import org.jspecify.annotations.NullMarked;
