package dev.tandem.streams.feed;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.row.RowJson;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What {@code P.aggregates} gets from now on, from whichever instance, once it is committed: who
 * asks for a row that is told of finds it. Not thread-safe.
 */
public final class PublishedRows implements AutoCloseable {
  /** More records than this between two looks are not read: something changed, that is enough. */
  static final int MOST = 20_000;

  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final PipelineDefinition pipeline;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<String, ChangedRows> changed = new LinkedHashMap<>();
  private int read;
  private boolean skipped;

  /**
   * What changed between two looks.
   *
   * @param rows by aggregate, in the order in which they changed first
   * @param skipped whether there was more than was read, in any aggregate
   */
  public record Changes(Collection<ChangedRows> rows, boolean skipped) {
    public Changes {
      rows = List.copyOf(rows);
    }
  }

  PublishedRows(Consumer<byte[], byte[]> consumer, PipelineDefinition pipeline, String topic) {
    this.consumer = consumer;
    this.pipeline = pipeline;
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // The end is looked up here, not at the first poll: what comes from now on is not missed.
    partitions.forEach(consumer::position);
  }

  /**
   * Begins at the end of the topic.
   *
   * @param kafka client properties
   * @throws org.apache.kafka.common.KafkaException when Kafka does not answer in some seconds
   */
  public static PublishedRows from(
      Map<String, String> kafka, PipelineDefinition pipeline, String topic) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "latest");
    properties.put("allow.auto.create.topics", "false");
    properties.put("max.poll.records", "2000");
    properties.put("default.api.timeout.ms", "5000");
    properties.remove("group.id");
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      return new PublishedRows(consumer, pipeline, topic);
    } catch (RuntimeException e) {
      consumer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Reads what there is, and waits for it for {@code time} at most.
   *
   * @throws org.apache.kafka.common.KafkaException when it cannot go on
   */
  public void read(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    do {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(left)) {
        add(record);
      }
      if (read > MOST) {
        consumer.seekToEnd(consumer.assignment());
        skipped = true;
        read = 0;
      }
    } while (System.nanoTime() < end);
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    read++;
    Optional<AggregateDefinition> aggregate =
        record.key() == null
            ? Optional.empty()
            : pipeline.aggregate(RowJson.aggregateOf(record.key()));
    aggregate.ifPresent(
        a -> changed.computeIfAbsent(a.name(), name -> new ChangedRows(a)).add(record));
  }

  /** What was read since the last time. */
  public Changes take() {
    Changes taken = new Changes(changed.values(), skipped);
    changed.clear();
    skipped = false;
    read = 0;
    return taken;
  }

  @Override
  public void close() {
    consumer.close(CLOSE);
  }
}
