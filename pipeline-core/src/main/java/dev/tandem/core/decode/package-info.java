/** Files to events: what can be read becomes an event, what cannot is kept with its reason. */
@NullMarked
package dev.tandem.core.decode;

import org.jspecify.annotations.NullMarked;
