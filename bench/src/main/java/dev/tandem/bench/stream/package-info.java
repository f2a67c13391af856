/** Catching up: from the first event read to the last row readable. */
@NullMarked
package dev.tandem.bench.stream;

import org.jspecify.annotations.NullMarked;
