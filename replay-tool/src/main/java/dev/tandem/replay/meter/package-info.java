/** Shows how far long work has come. */
@NullMarked
package dev.tandem.replay.meter;

import org.jspecify.annotations.NullMarked;
