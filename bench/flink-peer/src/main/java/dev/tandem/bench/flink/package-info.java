/** The work in Flink's DataStream API. */
@NullMarked
package dev.tandem.bench.flink;

import org.jspecify.annotations.NullMarked;
