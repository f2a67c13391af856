package dev.tandem.core.decision;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The events of one aggregate by subject and hour, as far back as learning looks, and when each
 * subject was seen first.
 */
final class SubjectCounts {
  private final Map<String, Series> bySubject = new HashMap<>();

  private static final class Series {
    private final long first;
    private final TreeMap<Long, Long> counts = new TreeMap<>();

    private Series(long first) {
      this.first = first;
    }

    private long events() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  void add(long hour, Map<String, Long> counts) {
    counts.forEach(
        (subject, n) ->
            bySubject
                .computeIfAbsent(subject, s -> new Series(hour))
                .counts
                .merge(hour, n, Long::sum));
  }

  void forgetBefore(long hour) {
    bySubject.values().forEach(series -> series.counts.headMap(hour).clear());
  }

  long at(String subject, long hour) {
    Series series = bySubject.get(subject);
    return series == null ? 0 : series.counts.getOrDefault(hour, 0L);
  }

  /**
   * The profiles of the subjects that the learner sees events of, the busiest ones when they are
   * too many.
   *
   * @param from hours before are not learned from
   */
  Map<String, WeekProfile> learn(WeekLearner learner, long from) {
    Map<String, Series> seen = new LinkedHashMap<>();
    bySubject.entrySet().stream()
        .filter(e -> !e.getValue().counts.subMap(learner.begin(), learner.end()).isEmpty())
        .sorted(
            Comparator.<Map.Entry<String, Series>>comparingLong(e -> -e.getValue().events())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(WeekLearner.MOST_SUBJECTS)
        .forEach(e -> seen.put(e.getKey(), e.getValue()));
    Map<String, WeekProfile> profiles = new HashMap<>();
    seen.forEach(
        (subject, series) ->
            profiles.put(subject, learner.learn(Math.max(series.first, from), series.counts)));
    return profiles;
  }
}
