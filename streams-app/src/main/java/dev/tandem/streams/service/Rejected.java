package dev.tandem.streams.service;

import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What {@code P.rejected} holds: how many records by reason, and the newest. Reads on where it
 * stopped, at most once in some seconds; of a partition with many only the last {@link #MOST}.
 * Thread-safe.
 */
final class Rejected implements AutoCloseable {
  /** Records of a partition that are looked at when it is read for the first time. */
  static final long MOST = 10_000;

  private static final int NEWEST = 20;
  private static final long REST_NANOS = Duration.ofSeconds(3).toNanos();

  private final Map<String, String> kafka;
  private final String topic;
  private final Map<TopicPartition, Long> read = new HashMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private List<Item> newest = List.of();
  private long skipped;
  private long lastLook;
  private @Nullable TopicReader reader;

  Rejected(Map<String, String> clientProperties, String topic) {
    this.kafka = new HashMap<>(clientProperties);
    this.kafka.put("default.api.timeout.ms", "5000");
    this.topic = topic;
  }

  /**
   * One rejected record; never its content.
   *
   * @param at when it was rejected
   * @param source where it stood: {@code file:line} or {@code topic-partition@offset}
   */
  record Item(Instant at, String reason, String error, String source) {}

  /**
   * @param skipped older records that were not looked at
   * @param newest first
   */
  record Tally(Map<String, Long> reasons, long skipped, List<Item> newest) {}

  synchronized Tally tally() {
    long now = System.nanoTime();
    if (reader == null || now - lastLook > REST_NANOS) {
      look();
      lastLook = System.nanoTime();
    }
    return new Tally(Map.copyOf(reasons), skipped, newest);
  }

  private void look() {
    TopicReader open = reader == null ? new TopicReader(kafka) : reader;
    reader = open;
    List<Item> items = new ArrayList<>(newest);
    for (TopicPartition partition : open.partitions(topic)) {
      long end = open.end(partition);
      long begin = read.getOrDefault(partition, -1L);
      if (begin < 0) {
        long first = open.beginning(partition);
        begin = Math.max(first, end - MOST);
        skipped += begin - first;
      }
      if (begin < end) {
        open.read(partition, begin, end, r -> items.add(count(r)));
      }
      read.put(partition, end);
    }
    newest =
        items.stream().sorted(Comparator.comparing(Item::at).reversed()).limit(NEWEST).toList();
  }

  private Item count(ConsumerRecord<byte[], byte[]> rejected) {
    String reason = header(rejected, Topics.REASON_HEADER);
    reasons.merge(reason, 1L, Long::sum);
    return new Item(
        Instant.ofEpochMilli(rejected.timestamp()),
        reason,
        header(rejected, Topics.ERROR_HEADER),
        header(rejected, Topics.SOURCE_HEADER));
  }

  private static String header(ConsumerRecord<byte[], byte[]> rejected, String name) {
    Header header = rejected.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void close() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
