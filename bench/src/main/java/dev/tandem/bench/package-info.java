/** {@code tandem bench}: Tandem beside its peers, on the same work in the same run. */
@NullMarked
package dev.tandem.bench;

import org.jspecify.annotations.NullMarked;
