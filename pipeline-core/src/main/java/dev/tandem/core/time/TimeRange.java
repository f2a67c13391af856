package dev.tandem.core.time;

/**
 * A half-open range of milliseconds since the epoch, {@code [from, to)}. A row lies in a range when
 * its window starts in it.
 */
public record TimeRange(long from, long to) {
  /** Every time. */
  public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  public TimeRange {
    if (from > to) {
      throw new IllegalArgumentException("range from " + from + " to " + to);
    }
  }

  public boolean contains(long time) {
    return from <= time && time < to;
  }

  /** Whether every time of {@code other} is in this range. */
  public boolean covers(TimeRange other) {
    return from <= other.from && other.to <= to;
  }

  /** Whether some time is in both. */
  public boolean intersects(TimeRange other) {
    return Math.max(from, other.from) < Math.min(to, other.to);
  }

  /** The times in both, of ranges that intersect. */
  public TimeRange and(TimeRange other) {
    return new TimeRange(Math.max(from, other.from), Math.min(to, other.to));
  }

  public boolean isEmpty() {
    return from == to;
  }
}
