/** Commands that ask a running app: what they request and how they print the answer. */
@NullMarked
package dev.tandem.streams.client;

import org.jspecify.annotations.NullMarked;
