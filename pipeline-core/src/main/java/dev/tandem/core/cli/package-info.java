/** How every command parses its options, reports what went wrong and stops. */
@NullMarked
package dev.tandem.core.cli;

import org.jspecify.annotations.NullMarked;
