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
    return whole(topic, from, to).stream().flatMap(all -> all.split().stream()).toList();
  }

  /** {@code [from, to)} by partition, however long; empty ranges are left out. */
  static List<LogSplit> whole(String topic, Map<Integer, Long> from, Map<Integer, Long> to) {
    List<LogSplit> partitions = new ArrayList<>();
    new TreeMap<>(to)
        .forEach(
            (partition, end) -> {
              long begin = from.getOrDefault(partition, 0L);
              if (begin < end) {
                partitions.add(new LogSplit(topic, partition, begin, end));
              }
            });
    return partitions;
  }

  /** The same in parts that are small enough, in order. */
  List<LogSplit> split() {
    List<LogSplit> splits = new ArrayList<>();
    long parts = (to - from + MOST - 1) / MOST;
    for (long i = 0; i < parts; i++) {
      splits.add(
          new LogSplit(
              topic,
              partition,
              from + (to - from) * i / parts,
              from + (to - from) * (i + 1) / parts));
    }
    return splits;
  }
}
