/** The definition, decoding, rules, calendar and aggregate algebra that every engine shares. */
@NullMarked
package dev.tandem.core;

import org.jspecify.annotations.NullMarked;
