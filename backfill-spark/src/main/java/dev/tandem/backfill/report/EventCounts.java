package dev.tandem.backfill.report;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was read from files or from the log: {@code read = events + rejected}.
 *
 * @param events valid, repeats included
 * @param rejected by reason code
 */
public record EventCounts(long events, Map<String, Long> rejected) implements Serializable {
  public static final EventCounts NONE = new EventCounts(0, Map.of());

  public EventCounts {
    rejected = new TreeMap<>(rejected);
  }

  public EventCounts plus(EventCounts o) {
    Map<String, Long> all = new TreeMap<>(rejected);
    o.rejected.forEach((reason, n) -> all.merge(reason, n, Long::sum));
    return new EventCounts(events + o.events, all);
  }

  public long rejectedTotal() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  public long read() {
    return events + rejectedTotal();
  }
}
