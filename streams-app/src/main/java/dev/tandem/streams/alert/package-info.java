/** What was decided, as {@code P.alerts} has it: read as it grows, kept to be asked. */
@NullMarked
package dev.tandem.streams.alert;

import org.jspecify.annotations.NullMarked;
