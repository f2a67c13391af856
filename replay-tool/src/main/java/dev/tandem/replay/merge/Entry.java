package dev.tandem.replay.merge;

import dev.tandem.core.decode.Decoded;
import java.util.Comparator;

/**
 * A record of a file in its place among all.
 *
 * @param source where it is from
 * @param time event time; for a row that is no event {@link #AT_ONCE}
 */
public record Entry(Source source, long time, Decoded decoded) {
  /** Before all times: a row that is no event has none and waits for nothing. */
  static final long AT_ONCE = Long.MIN_VALUE;

  /** By time, then by file, then by line: no two entries are equal in it. */
  static final Comparator<Entry> ORDER =
      Comparator.comparingLong(Entry::time)
          .thenComparingInt((Entry e) -> e.source().index())
          .thenComparingLong(e -> e.decoded().line());

  /** A record as it was read. */
  public static Entry of(Source source, Decoded decoded) {
    long time = decoded instanceof Decoded.Good good ? good.event().time() : AT_ONCE;
    return new Entry(source, time, decoded);
  }
}
