package dev.tandem.bench.rows;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Count, sum, least and greatest of whole numbers; without any, the extremes mean nothing. */
public record Stats(long count, long sum, long min, long max) {
  private static final Stats NONE = new Stats(0, 0, Long.MAX_VALUE, Long.MIN_VALUE);

  static Stats of(@Nullable Long value) {
    return value == null ? NONE : new Stats(1, value, value, value);
  }

  Stats plus(Stats other) {
    return new Stats(
        count + other.count, sum + other.sum, Math.min(min, other.min), Math.max(max, other.max));
  }

  void write(ByteBuffer out) {
    out.putLong(count).putLong(sum).putLong(min).putLong(max);
  }

  static Stats read(ByteBuffer in) {
    return new Stats(in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }
}
