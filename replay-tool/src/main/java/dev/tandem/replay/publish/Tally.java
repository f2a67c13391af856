package dev.tandem.replay.publish;

import dev.tandem.core.decode.Decoded;
import dev.tandem.core.event.RejectReason;
import dev.tandem.replay.merge.Entry;
import java.util.EnumMap;
import java.util.Map;

/** Counts the records of a file, or of all: rows = events + rejected + outside. Not thread-safe. */
public final class Tally {
  private final Map<RejectReason, Long> reasons = new EnumMap<>(RejectReason.class);
  private long rejected;
  private long events;
  private long outside;
  private long outOfOrder;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long line;

  void add(Entry entry, Fate fate, boolean late) {
    line = entry.decoded().line();
    switch (fate) {
      case REJECT -> {
        rejected++;
        reasons.merge(reason(entry), 1L, Long::sum);
      }
      case OUTSIDE -> outside++;
      case PUBLISH -> {
        events++;
        outOfOrder += late ? 1 : 0;
        first = Math.min(first, entry.time());
        last = Math.max(last, entry.time());
      }
    }
  }

  /** An event that is refused though its row was read is one that is too large to publish. */
  private static RejectReason reason(Entry entry) {
    return entry.decoded() instanceof Decoded.Bad bad ? bad.reason() : RejectReason.TOO_LARGE;
  }

  /** All records. */
  public long rows() {
    return events + rejected + outside;
  }

  public long events() {
    return events;
  }

  public long rejected() {
    return rejected;
  }

  public Map<RejectReason, Long> rejectedByReason() {
    return new EnumMap<>(reasons);
  }

  /** Events that the range leaves out. */
  public long outside() {
    return outside;
  }

  /** Events behind one of a later time, also of another file. */
  public long outOfOrder() {
    return outOfOrder;
  }

  /** Earliest event time, {@code Long.MAX_VALUE} where there is no event. */
  public long first() {
    return first;
  }

  /** Latest event time, {@code Long.MIN_VALUE} where there is no event. */
  public long last() {
    return last;
  }

  long line() {
    return line;
  }
}
