package dev.tandem.streams.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/** What Kafka Streams knows of itself in this process: stores, tasks, delays. */
final class StreamsFigures {
  private static final String STORE_TAG = "rocksdb-state-id";
  private static final String NODE_TAG = "processor-node-id";

  private final KafkaStreams streams;

  StreamsFigures(KafkaStreams streams) {
    this.streams = streams;
  }

  /**
   * One store, all its partitions in this process.
   *
   * @param keys RocksDB's estimate
   * @param bytes in files and in memory tables
   */
  record Store(String name, long keys, long bytes) {}

  /**
   * One task of this process.
   *
   * @param state of its thread
   */
  record Task(String id, boolean active, String thread, String state, List<String> inputs) {}

  List<Store> stores() {
    Map<String, long[]> sums = new TreeMap<>();
    for (Metric metric : streams.metrics().values()) {
      MetricName name = metric.metricName();
      String store = name.tags().get(STORE_TAG);
      if (store != null && metric.metricValue() instanceof Number value) {
        long[] sum = sums.computeIfAbsent(store, s -> new long[2]);
        switch (name.name()) {
          case "estimate-num-keys" -> sum[0] += value.longValue();
          case "total-sst-files-size", "cur-size-all-mem-tables" -> sum[1] += value.longValue();
          default -> {
            // Not a size.
          }
        }
      }
    }
    return sums.entrySet().stream()
        .map(e -> new Store(e.getKey(), e.getValue()[0], e.getValue()[1]))
        .toList();
  }

  List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
      thread.activeTasks().forEach(task -> tasks.add(task(task, true, thread)));
      thread.standbyTasks().forEach(task -> tasks.add(task(task, false, thread)));
    }
    tasks.sort((a, b) -> a.id().compareTo(b.id()));
    return tasks;
  }

  private static Task task(TaskMetadata task, boolean active, ThreadMetadata thread) {
    String name = thread.threadName();
    return new Task(
        task.taskId().toString(),
        active,
        name.substring(name.lastIndexOf("StreamThread") + "Stream".length()),
        thread.threadState(),
        task.topicPartitions().stream().map(Object::toString).sorted().toList());
  }

  /**
   * How old records are on average when a source node takes them, over all tasks of this process
   * and about the last minute, in milliseconds; empty when there were none.
   */
  OptionalDouble age(String sourceNode) {
    return streams.metrics().values().stream()
        .filter(m -> m.metricName().name().equals("record-e2e-latency-avg"))
        .filter(m -> sourceNode.equals(m.metricName().tags().get(NODE_TAG)))
        .map(Metric::metricValue)
        .filter(Number.class::isInstance)
        .mapToDouble(v -> ((Number) v).doubleValue())
        .filter(Double::isFinite)
        .average();
  }
}
