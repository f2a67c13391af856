package dev.tandem.streams.client;

import dev.tandem.core.kafka.Refusals;
import dev.tandem.core.kafka.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** Sizes of topics and the app's lag, as Kafka's admin client tells them. */
final class KafkaFigures {
  private final Admin admin;
  private final Topics topics;
  private final Map<String, Long> bytes = new HashMap<>();

  KafkaFigures(Admin admin, Topics topics) throws InterruptedException {
    this.admin = admin;
    this.topics = topics;
    List<Integer> brokers = await(admin.describeCluster().nodes()).stream().map(Node::id).toList();
    for (Map<String, LogDirDescription> dirs :
        await(admin.describeLogDirs(brokers).allDescriptions()).values()) {
      for (LogDirDescription dir : dirs.values()) {
        dir.replicaInfos().forEach((p, info) -> bytes.merge(p.topic(), info.size(), Long::sum));
      }
    }
  }

  /**
   * How much a topic holds.
   *
   * @param offsets from the first to the end; what was compacted away and transaction markers
   *     count, too
   * @param bytes on disk, all replicas
   */
  record Size(long offsets, long bytes) {
    String bytesText() {
      String[] units = {"B", "KB", "MB", "GB", "TB"};
      double size = bytes;
      int unit = 0;
      while (size >= 1024 && unit < units.length - 1) {
        size /= 1024;
        unit++;
      }
      return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, units[unit]);
    }
  }

  Size size(String topic) throws InterruptedException {
    List<TopicPartition> partitions =
        await(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
            .flatMap(d -> d.partitions().stream())
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    long offsets =
        sum(offsets(partitions, OffsetSpec.latest()))
            - sum(offsets(partitions, OffsetSpec.earliest()));
    return new Size(offsets, bytes.getOrDefault(topic, 0L));
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(p -> asked.put(p, spec));
    Map<TopicPartition, Long> found = new HashMap<>();
    await(admin.listOffsets(asked).all()).forEach((p, info) -> found.put(p, info.offset()));
    return found;
  }

  /** How far the app's group is behind, by topic, in offsets; empty where it never ran. */
  Map<String, Long> lags() throws InterruptedException {
    Map<TopicPartition, Long> done = new HashMap<>();
    await(admin.listConsumerGroupOffsets(topics.applicationId()).partitionsToOffsetAndMetadata())
        .forEach((p, offset) -> done.put(p, offset == null ? 0 : offset.offset()));
    if (done.isEmpty()) {
      return Map.of();
    }
    Map<String, Long> lags = new TreeMap<>();
    offsets(List.copyOf(done.keySet()), OffsetSpec.latest())
        .forEach(
            (p, end) ->
                lags.merge(p.topic(), Math.max(0, end - done.getOrDefault(p, 0L)), Long::sum));
    return lags;
  }

  private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw Refusals.of(e.getCause() == null ? e : e.getCause());
    }
  }
}
