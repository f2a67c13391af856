package dev.tandem.core.kafka;

import dev.tandem.core.TandemException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads committed records of topics up to an end that is fixed before. Gives up when a partition
 * gives nothing for two minutes. Not thread-safe.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param kafka client properties
   */
  public TopicReader(Map<String, String> kafka) {
    this(kafka, new ByteArrayDeserializer());
  }

  /** One for who only counts: keys and values are empty. */
  public static TopicReader ofOffsets(Map<String, String> kafka) {
    return new TopicReader(kafka, new PassedOver());
  }

  private static final class PassedOver implements Deserializer<byte[]> {
    private static final byte[] EMPTY = {};

    @Override
    public byte[] deserialize(String topic, byte[] data) {
      return EMPTY;
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer data) {
      return EMPTY;
    }
  }

  private TopicReader(Map<String, String> kafka, Deserializer<byte[]> bytes) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    properties.put("allow.auto.create.topics", "false");
    properties.put("max.poll.records", "5000");
    properties.put("fetch.max.bytes", "16777216");
    properties.put("max.partition.fetch.bytes", "8388608");
    // Nothing behind a known end is waited for, and closing waits for the fetch that asks for it.
    properties.put("fetch.max.wait.ms", "20");
    properties.remove("group.id");
    OauthPermits.permit(kafka);
    consumer = new KafkaConsumer<>(properties, bytes, bytes);
  }

  /** All partitions of a topic; none when there is no such topic. */
  public List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic);
    return infos.stream().map(i -> new TopicPartition(topic, i.partition())).toList();
  }

  /**
   * Where committed records end now: a record at or behind it is not committed or not there yet.
   */
  public long end(TopicPartition partition) {
    return Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
  }

  /** Where records begin. */
  public long beginning(TopicPartition partition) {
    return Objects.requireNonNull(consumer.beginningOffsets(List.of(partition)).get(partition));
  }

  /**
   * Every committed record of all partitions of a topic that is there now, in offset order within a
   * partition.
   */
  public void readAll(String topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    List<TopicPartition> partitions = partitions(topic);
    for (TopicPartition p : partitions) {
      read(p, 0, end(p), sink);
    }
  }

  /**
   * Committed records of one partition with offsets in {@code [from, to)}, in order.
   *
   * @param to at most the end that {@link #end} gave
   * @throws TandemException when the partition gives nothing any more: its topic is deleted, its
   *     broker gone
   */
  public void read(
      TopicPartition partition, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    long begin = beginning(partition);
    consumer.assign(List.of(partition));
    consumer.seek(partition, Math.max(from, begin));
    long moved = System.nanoTime();
    long before = -1;
    for (long at = consumer.position(partition); at < to; at = consumer.position(partition)) {
      if (at != before) {
        before = at;
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
        throw stuck(partition, at, to);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < to) {
          sink.accept(record);
        }
      }
    }
  }

  private static TandemException stuck(TopicPartition partition, long at, long to) {
    String why =
        "Kafka has given nothing of %s from offset %d (of %d) for %d s: see that the topic is there and its broker up, then rerun"
            .formatted(partition, at, to, PATIENCE.toSeconds());
    return TandemException.failed(why, new TimeoutException(why));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
