/** A steady load: from an event published to its row readable. */
@NullMarked
package dev.tandem.bench.latency;

import org.jspecify.annotations.NullMarked;
