package dev.tandem.streams.service;

import dev.tandem.streams.topology.TaskBoard;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Holds what the tasks say they have read of the log against the log itself, from where they stood
 * when they were taken up here. What was skipped, by whatever fault, was never read, so no sum of
 * the ledger can miss it. {@link #look} for one thread, the rest for all.
 */
final class LedgerWatch {
  private final Counter counter;
  private final Map<Integer, TaskBoard.Log> marks = new HashMap<>();
  private final Map<Integer, String> problems = new ConcurrentSkipListMap<>();

  /** Counts committed records of the log. */
  @FunctionalInterface
  interface Counter {
    /** With offsets in {@code [from, to)}; empty where the log does not reach back to them. */
    OptionalLong records(int partition, long from, long to);
  }

  LedgerWatch(Counter counter) {
    this.counter = counter;
  }

  /**
   * Counts what was read since the last call.
   *
   * @param opened where the partitions of the log stood that were taken up here
   * @param logs where they stand now
   */
  void look(Map<Integer, TaskBoard.Log> opened, Map<Integer, TaskBoard.Log> logs) {
    marks.keySet().retainAll(logs.keySet());
    logs.forEach(
        (partition, now) -> {
          TaskBoard.Log before = marks.getOrDefault(partition, opened.get(partition));
          marks.put(partition, now);
          if (before != null && before.position() < now.position()) {
            compare(partition, before, now);
          }
        });
  }

  private void compare(int partition, TaskBoard.Log before, TaskBoard.Log now) {
    long read = now.records() - before.records();
    long there = counter.records(partition, before.position(), now.position()).orElse(read);
    if (there != read) {
      problems.put(
          partition,
          String.format(
              Locale.ROOT,
              "partition %d: the log has %,d records in offsets %d to %d, of which %,d were read",
              partition,
              there,
              before.position(),
              now.position() - 1,
              read));
    }
  }

  /** What is wrong with a partition that has lost something; stays until a restart. */
  Optional<String> problem() {
    return problems.values().stream().findFirst();
  }
}
