package dev.tandem.backfill.engine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A range of offsets, {@code [from, to)}, of one partition of a topic: what one task reads. */
record LogSplit(String topic, int partition, long from, long to) implements Serializable {
  /** Records that one task reads; few enough to hold the distinct ones in memory. */
  static final long MOST = 250_000;

  /** Splits of {@code [from, to)} by partition; empty ranges give none. */
  static List<LogSplit> of(String topic, Map<Integer, Long> from, Map<Integer, Long> to) {
    List<LogSplit> splits = new ArrayList<>();
    new TreeMap<>(to)
        .forEach(
            (partition, end) -> {
              long begin = from.getOrDefault(partition, 0L);
              long parts = Math.max(1, (end - begin + MOST - 1) / MOST);
              for (long i = 0; i < parts; i++) {
                long start = begin + (end - begin) * i / parts;
                long stop = begin + (end - begin) * (i + 1) / parts;
                if (start < stop) {
                  splits.add(new LogSplit(topic, partition, start, stop));
                }
              }
            });
    return splits;
  }
}
