package dev.tandem.core.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all partitions together say of one hour. */
final class HourCounts {
  static final HourCounts NOTHING = new HourCounts();

  private final Map<Long, Map<String, Long>> counts = new HashMap<>();
  private final List<Outlying> outliers = new ArrayList<>();
  private long read;
  private long rejected;

  void add(ClosedHour part) {
    part.counts()
        .forEach(
            (id, bySubject) -> {
              Map<String, Long> sums = counts.computeIfAbsent(id, i -> new HashMap<>());
              bySubject.forEach((subject, count) -> sums.merge(subject, count, Math::addExact));
            });
    outliers.addAll(part.outliers());
    read += part.read();
    rejected += part.rejected();
  }

  long count(long definitionId, String subject) {
    return counts.getOrDefault(definitionId, Map.of()).getOrDefault(subject, 0L);
  }

  long total(long definitionId) {
    return counts.getOrDefault(definitionId, Map.of()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  Set<String> subjects(long definitionId) {
    return counts.getOrDefault(definitionId, Map.of()).keySet();
  }

  /** In an order that does not depend on which partition came first. */
  List<Outlying> outliers() {
    return outliers.stream().sorted().toList();
  }

  long read() {
    return read;
  }

  long rejected() {
    return rejected;
  }

  boolean isEmpty() {
    return counts.isEmpty() && outliers.isEmpty() && read == 0;
  }
}
