package dev.tandem.streams.service;

import dev.tandem.core.kafka.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the end of {@code P.alerts} when asked. Thread-safe. */
public final class Alerts implements AutoCloseable {
  private final Map<String, String> kafka;
  private final String topic;
  private @Nullable TopicReader reader;

  Alerts(Map<String, String> clientProperties, String topic) {
    this.kafka = new HashMap<>(clientProperties);
    this.kafka.put("default.api.timeout.ms", "5000");
    this.topic = topic;
  }

  /** The newest alerts, newest first, a JSON array of what the records hold. */
  public synchronized String newest(int limit) {
    TopicReader open = reader == null ? new TopicReader(kafka) : reader;
    reader = open;
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (TopicPartition partition : open.partitions(topic)) {
      long end = open.end(partition);
      open.read(partition, Math.max(0, end - limit), end, records::add);
    }
    List<String> values =
        records.stream()
            .filter(r -> r.value() != null)
            .sorted(Comparator.comparingLong((ConsumerRecord<?, ?> r) -> r.timestamp()).reversed())
            .limit(limit)
            .map(r -> new String(r.value(), StandardCharsets.UTF_8))
            .toList();
    return "[" + String.join(",", values) + "]";
  }

  @Override
  public synchronized void close() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
