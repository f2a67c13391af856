/** Several instances as one: who holds which rows, and one answer from all of them. */
@NullMarked
package dev.tandem.streams.peers;

import org.jspecify.annotations.NullMarked;
