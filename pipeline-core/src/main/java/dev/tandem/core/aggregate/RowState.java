package dev.tandem.core.aggregate;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.event.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one row: how many events, the 64-bit sum (wrapping) of their hashed ids, and the
 * metrics.
 *
 * <p>States of one layout are a commutative monoid under {@link #merge}, with the empty state as
 * identity, and {@link #add} is merging the state of one event: so the state, and its bytes, depend
 * on the set of events only. Equal states mean, up to the chance that two sets of ids have one
 * 64-bit sum, equal events. Mutable, not thread-safe.
 *
 * <p>Bytes, version 1: version · events (varint) · and, unless empty: id sum (8) · for each stats
 * metric count (varint) and, unless 0, sum, min (zigzag) and max - min (varint) · the sketches.
 */
public final class RowState {
  private static final int VERSION = 1;
  private static final int COUNT = 0;
  private static final int SUM = 1;
  private static final int MIN = 2;
  private static final int MAX = 3;
  private static final Object[] NONE = {};

  private final RowLayout layout;
  private final Object[] sketches;

  /** Four of each metric; those of the layout, all 0, until something is counted. */
  private long[] stats;

  private long events;
  private long idSum;

  /** The empty state. */
  public RowState(RowLayout layout) {
    this.layout = layout;
    this.stats = layout.noStats();
    List<Metric> kinds = layout.sketches();
    this.sketches = kinds.isEmpty() ? NONE : new Object[kinds.size()];
    for (int i = 0; i < sketches.length; i++) {
      sketches[i] = kinds.get(i).kind() == Metric.Kind.HISTOGRAM ? new Histogram() : new Distinct();
    }
  }

  public RowState copy() {
    RowState copy = new RowState(layout);
    copy.merge(this);
    return copy;
  }

  /**
   * Counts one event.
   *
   * @param idHash {@link Hashes#of(String)} of the event's id
   * @throws RowOverflowException when a sum leaves 64 bits; the state is then unspecified
   */
  public void add(Event event, long idHash) {
    events++;
    idSum += idHash;
    List<Metric> fields = layout.stats();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i).field();
      if (Rounding.counts(event, field)) {
        long v = Rounding.number(event, field);
        accumulate(i, 1, v, v, v);
      }
    }
    for (int i = 0; i < sketches.length; i++) {
      Field field = layout.sketches().get(i).field();
      if (Rounding.counts(event, field)) {
        if (sketches[i] instanceof Histogram h) {
          h.add(Rounding.number(event, field));
        } else {
          ((Distinct) sketches[i]).add(RowLayout.distinctHash(event, field));
        }
      }
    }
  }

  /** Adds the events of {@code other}, which is not changed. The two must not share events. */
  public void merge(RowState other) {
    if (other.events == 0) {
      return;
    }
    events += other.events;
    idSum += other.idSum;
    for (int i = 0; i < stats.length / 4; i++) {
      int s = i * 4;
      if (other.stats[s + COUNT] > 0) {
        accumulate(
            i,
            other.stats[s + COUNT],
            other.stats[s + SUM],
            other.stats[s + MIN],
            other.stats[s + MAX]);
      }
    }
    for (int i = 0; i < sketches.length; i++) {
      if (sketches[i] instanceof Histogram h) {
        h.merge((Histogram) other.sketches[i]);
      } else {
        ((Distinct) sketches[i]).merge((Distinct) other.sketches[i]);
      }
    }
  }

  /**
   * As {@link #merge(RowState)} of a state that was written, without making it.
   *
   * @throws IllegalArgumentException when the bytes are of another version or cut short; the state
   *     is then unspecified
   */
  public void mergeWritten(Bytes in) {
    in.getVersion("row state", VERSION, VERSION);
    long more = in.getUnsigned();
    if (more == 0) {
      return;
    }
    events += more;
    idSum += in.getFixed();
    for (int i = 0; i < stats.length / 4; i++) {
      long count = in.getUnsigned();
      if (count > 0) {
        long sum = in.getSigned();
        long min = in.getSigned();
        accumulate(i, count, sum, min, min + in.getUnsigned());
      }
    }
    for (Object sketch : sketches) {
      if (sketch instanceof Histogram h) {
        h.mergeWritten(in);
      } else {
        ((Distinct) sketch).merge(Distinct.read(in));
      }
    }
  }

  private void accumulate(int metric, long count, long sum, long min, long max) {
    int s = metric * 4;
    if (stats == layout.noStats()) {
      stats = new long[stats.length];
    }
    boolean first = stats[s + COUNT] == 0;
    try {
      stats[s + SUM] = Math.addExact(stats[s + SUM], sum);
    } catch (ArithmeticException e) {
      throw new RowOverflowException(layout.stats().get(metric), e);
    }
    stats[s + COUNT] += count;
    stats[s + MIN] = first ? min : Math.min(stats[s + MIN], min);
    stats[s + MAX] = first ? max : Math.max(stats[s + MAX], max);
  }

  /** Whether no event is in it; such a row does not exist. */
  public boolean isEmpty() {
    return events == 0;
  }

  public long events() {
    return events;
  }

  /** Sum, modulo 2^64, of the hashed ids of the events. */
  public long idSum() {
    return idSum;
  }

  /**
   * Count, sum, min, max of a STATS metric in the field's scaled units; null when the count is 0.
   */
  public @Nullable Stats stats(Metric metric) {
    int s = layout.stat(metric) * 4;
    return stats[s] == 0
        ? null
        : new Stats(stats[s], stats[s + SUM], stats[s + MIN], stats[s + MAX]);
  }

  /** Estimate of a DISTINCT metric. */
  public long distinct(Metric metric) {
    return ((Distinct) sketches[layout.sketch(metric)]).estimate();
  }

  /** How many values a HISTOGRAM metric holds. */
  public long histogramCount(Metric metric) {
    return ((Histogram) sketches[layout.sketch(metric)]).count();
  }

  /**
   * The values of a HISTOGRAM metric by range, ascending; ranges in the field's scaled units, both
   * ends within.
   */
  public List<Range> ranges(Metric metric) {
    List<Range> ranges = new ArrayList<>();
    ((Histogram) sketches[layout.sketch(metric)])
        .buckets()
        .forEach(
            (bucket, n) ->
                ranges.add(new Range(Histogram.lowest(bucket), Histogram.highest(bucket), n)));
    return ranges;
  }

  /**
   * Quantile of a HISTOGRAM metric in the field's scaled units, see the bound there; it must not be
   * empty.
   */
  public long quantile(Metric metric, double q) {
    return ((Histogram) sketches[layout.sketch(metric)]).quantile(q);
  }

  public byte[] toBytes() {
    Bytes out = Bytes.writer();
    write(out);
    return out.toArray();
  }

  public void write(Bytes out) {
    out.putByte(VERSION);
    out.putUnsigned(events);
    if (events == 0) {
      return;
    }
    out.putFixed(idSum);
    for (int s = 0; s < stats.length; s += 4) {
      out.putUnsigned(stats[s + COUNT]);
      if (stats[s + COUNT] > 0) {
        out.putSigned(stats[s + SUM]);
        out.putSigned(stats[s + MIN]);
        out.putUnsigned(stats[s + MAX] - stats[s + MIN]);
      }
    }
    for (Object sketch : sketches) {
      if (sketch instanceof Histogram h) {
        h.write(out);
      } else {
        ((Distinct) sketch).write(out);
      }
    }
  }

  /** {@link #isEmpty()} of a state's bytes, without reading the rest. */
  public static boolean isEmpty(byte[] bytes) {
    Bytes in = Bytes.reader(bytes);
    in.getByte();
    return in.getUnsigned() == 0;
  }

  /** {@link #idSum()} of a state's bytes, without reading the rest; 0 of the empty state. */
  public static long idSum(byte[] bytes) {
    Bytes in = Bytes.reader(bytes);
    in.getByte();
    return in.getUnsigned() == 0 ? 0 : in.getFixed();
  }

  public static RowState fromBytes(RowLayout layout, byte[] bytes) {
    return read(layout, Bytes.reader(bytes));
  }

  /**
   * @throws IllegalArgumentException when the bytes are of another version or cut short
   */
  public static RowState read(RowLayout layout, Bytes in) {
    in.getVersion("row state", VERSION, VERSION);
    RowState state = new RowState(layout);
    state.events = in.getUnsigned();
    if (state.events == 0) {
      return state;
    }
    state.idSum = in.getFixed();
    long[] stats = new long[state.stats.length];
    for (int s = 0; s < stats.length; s += 4) {
      stats[s + COUNT] = in.getUnsigned();
      if (stats[s + COUNT] > 0) {
        stats[s + SUM] = in.getSigned();
        stats[s + MIN] = in.getSigned();
        stats[s + MAX] = stats[s + MIN] + in.getUnsigned();
      }
    }
    state.stats = stats;
    for (int i = 0; i < state.sketches.length; i++) {
      state.sketches[i] =
          state.sketches[i] instanceof Histogram ? Histogram.read(in) : Distinct.read(in);
    }
    return state;
  }

  /** Same events and metrics. */
  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof RowState s)
        || events != s.events
        || idSum != s.idSum
        || !Arrays.equals(stats, s.stats)) {
      return false;
    }
    return sketches.length == 0 || Arrays.equals(toBytes(), s.toBytes());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(idSum * 31 + events);
  }

  @Override
  public String toString() {
    return "RowState[events="
        + events
        + ", idSum="
        + Long.toHexString(idSum)
        + ", stats="
        + Arrays.toString(stats)
        + "]";
  }

  /** How many values lie between {@code low} and {@code high}, these included. */
  public record Range(long low, long high, long count) {}

  /** Count (at least 1), sum, smallest and largest of some values, in scaled units. */
  public record Stats(long count, long sum, long min, long max) {}
}
