/** Events: their values in memory and as JSON. */
@NullMarked
package dev.tandem.core.event;

import org.jspecify.annotations.NullMarked;
