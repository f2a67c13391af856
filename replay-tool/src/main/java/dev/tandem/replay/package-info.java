/** Historical files into the events topic, in event order, and the sample generator. */
@NullMarked
package dev.tandem.replay;

import org.jspecify.annotations.NullMarked;
