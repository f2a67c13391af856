/** Rows: their keys, which rows an event touches, and how they look as JSON. */
@NullMarked
package dev.tandem.core.row;

import org.jspecify.annotations.NullMarked;
