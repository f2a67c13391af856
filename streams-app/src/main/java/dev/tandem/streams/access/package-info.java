/** Who may ask the HTTP API, and how those who ask prove it. */
@NullMarked
package dev.tandem.streams.access;

import org.jspecify.annotations.NullMarked;
