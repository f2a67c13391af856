/** Calendar windows of a time zone. */
@NullMarked
package dev.tandem.core.time;

import org.jspecify.annotations.NullMarked;
