package dev.tandem.core.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Numbers what a partition says of its closed hours, and cuts what is too large for one record.
 * Only the last record of an hour says that it is closed.
 */
final class ClosedHours {
  /** Some hundreds of kilobytes. */
  private static final int MOST_SUBJECTS = 5_000;

  private final int partition;
  private final long began;
  private final Consumer<ClosedHour> output;
  private long sequence;

  /**
   * @param sequence of the last one passed on
   */
  ClosedHours(int partition, long began, long sequence, Consumer<ClosedHour> output) {
    this.partition = partition;
    this.began = began;
    this.sequence = sequence;
    this.output = output;
  }

  long began() {
    return began;
  }

  long sequence() {
    return sequence;
  }

  /**
   * @param closed hours that had anything, in order, all before {@code closedBefore}
   * @param openBefore what was closed before
   */
  void pass(TreeMap<Long, Tally> closed, long openBefore, long closedBefore) {
    if (closed.isEmpty()) {
      pass(openBefore, closedBefore, new Tally(), Map.of(), List.of());
    }
    closed.forEach(
        (hour, tally) -> {
          boolean last = hour.equals(closed.lastKey());
          hour(hour, last ? closedBefore : closed.higherKey(hour), tally);
        });
  }

  private void hour(long hour, long closedBefore, Tally tally) {
    List<Map<Long, Map<String, Long>>> parts = parts(tally);
    for (int i = 0; i < parts.size() - 1; i++) {
      pass(hour, hour, new Tally(), parts.get(i), List.of());
    }
    pass(hour, closedBefore, tally, parts.get(parts.size() - 1), tally.outliers());
  }

  private static List<Map<Long, Map<String, Long>>> parts(Tally tally) {
    List<Map<Long, Map<String, Long>>> parts = new ArrayList<>();
    parts.add(new TreeMap<>());
    int[] size = {0};
    new TreeMap<>(tally.counts())
        .forEach(
            (id, bySubject) ->
                new TreeMap<>(bySubject)
                    .forEach(
                        (subject, count) -> {
                          if (size[0]++ == MOST_SUBJECTS) {
                            parts.add(new TreeMap<>());
                            size[0] = 1;
                          }
                          parts
                              .get(parts.size() - 1)
                              .computeIfAbsent(id, i -> new TreeMap<>())
                              .put(subject, count.value());
                        }));
    return parts;
  }

  private void pass(
      long hour,
      long closedBefore,
      Tally records,
      Map<Long, Map<String, Long>> counts,
      List<Outlying> outliers) {
    sequence++;
    output.accept(
        new ClosedHour(
            partition,
            began,
            sequence,
            hour,
            closedBefore,
            records.read(),
            records.rejected(),
            counts,
            outliers));
  }
}
