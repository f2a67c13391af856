package dev.tandem.streams.service;

import dev.tandem.core.decision.Baseline;
import dev.tandem.core.decision.BaselineRecords;
import dev.tandem.core.decision.Baselines;
import dev.tandem.core.kafka.TopicReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What is normal, as {@code P.baselines} has it: every instance knows the whole topic before it
 * decides, and reads on as it grows. A version is known once all of it is committed. Thread-safe.
 */
final class BaselineTable implements Baselines, AutoCloseable {
  private final Map<String, String> kafka;
  private final TopicPartition partition;
  private final Optional<String> pinned;
  private final BaselineRecords records = new BaselineRecords();
  private final Object reading = new Object();
  private long next;
  private @Nullable TopicReader reader;

  /**
   * @param topic of one partition
   * @param pinned the version to decide against; empty: the newest
   */
  BaselineTable(Map<String, String> clientProperties, String topic, Optional<String> pinned) {
    this.kafka = new HashMap<>(clientProperties);
    this.partition = new TopicPartition(topic, 0);
    this.pinned = pinned;
  }

  /**
   * Takes what was written since the last call.
   *
   * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
   */
  void refresh() {
    synchronized (reading) {
      TopicReader from = reader == null ? new TopicReader(kafka) : reader;
      reader = from;
      long end = from.end(partition);
      if (next < end) {
        from.read(partition, next, end, r -> take(r.offset(), r.key(), r.value()));
        next = end;
      }
    }
  }

  private void take(long offset, byte[] key, byte @Nullable [] value) {
    synchronized (records) {
      if (offset >= next) {
        records.accept(key, value);
        next = offset + 1;
      }
    }
  }

  @Override
  public Optional<String> newest() {
    synchronized (records) {
      return pinned.isPresent()
          ? pinned.filter(version -> records.find(version).isPresent())
          : records.newest();
    }
  }

  @Override
  public Optional<Baseline> find(String version) {
    synchronized (records) {
      return records.find(version);
    }
  }

  @Override
  public void close() {
    synchronized (reading) {
      if (reader != null) {
        reader.close();
        reader = null;
      }
    }
  }
}
