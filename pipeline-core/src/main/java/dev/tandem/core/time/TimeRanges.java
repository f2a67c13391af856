package dev.tandem.core.time;

import java.util.ArrayList;
import java.util.List;

/** A set of times as disjoint half-open ranges in ascending order; immutable. */
public record TimeRanges(List<TimeRange> ranges) {
  /** No time. */
  public static final TimeRanges NONE = new TimeRanges(List.of());

  public TimeRanges {
    ranges = List.copyOf(ranges);
  }

  public TimeRanges plus(TimeRange added) {
    if (added.isEmpty()) {
      return this;
    }
    long from = added.from();
    long to = added.to();
    List<TimeRange> before = new ArrayList<>();
    List<TimeRange> after = new ArrayList<>();
    for (TimeRange r : ranges) {
      if (r.to() < from) {
        before.add(r);
      } else if (r.from() > to) {
        after.add(r);
      } else {
        from = Math.min(from, r.from());
        to = Math.max(to, r.to());
      }
    }
    before.add(new TimeRange(from, to));
    before.addAll(after);
    return new TimeRanges(before);
  }

  public TimeRanges minus(TimeRange removed) {
    if (removed.isEmpty()) {
      return this;
    }
    List<TimeRange> left = new ArrayList<>();
    for (TimeRange r : ranges) {
      addUnlessEmpty(left, r.from(), Math.min(r.to(), removed.from()));
      addUnlessEmpty(left, Math.max(r.from(), removed.to()), r.to());
    }
    return new TimeRanges(left);
  }

  private static void addUnlessEmpty(List<TimeRange> list, long from, long to) {
    if (from < to) {
      list.add(new TimeRange(from, to));
    }
  }

  /** Whether every time of {@code range} is in the set. */
  public boolean covers(TimeRange range) {
    return range.isEmpty() || ranges.stream().anyMatch(r -> r.covers(range));
  }

  /** Whether some time of {@code range} is in the set. */
  public boolean intersects(TimeRange range) {
    return ranges.stream().anyMatch(r -> r.intersects(range));
  }
}
