package dev.tandem.bench.restore;

import dev.tandem.core.TandemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A trip from a station that nobody has heard of: whoever publishes that station's row has its
 * state back and counts events again.
 */
final class Probe implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final KafkaConsumer<byte[], byte[]> rows;
  private final String station;

  private Probe(KafkaConsumer<byte[], byte[]> rows, String station) {
    this.rows = rows;
    this.station = station;
  }

  /** Publishes the trip. */
  static Probe send(String bootstrap, String events, String output) {
    KafkaConsumer<byte[], byte[]> rows =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        rows.partitionsFor(output).stream()
            .map(p -> new TopicPartition(output, p.partition()))
            .toList();
    rows.assign(partitions);
    rows.seekToEnd(partitions);
    partitions.forEach(rows::position);
    String id = UUID.randomUUID().toString();
    String station = "Probe " + id;
    String trip =
        "{\"trip_id\":\"%s\",\"started_at\":\"2017-07-01T08:00:00-07:00\",\"start_station\":\"%s\"}"
            .formatted(id, station);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(events, bytes(id), bytes(trip)));
    }
    return new Probe(rows, station);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Waits until a row of the station can be read by a reader of committed records.
   *
   * @param check throws when it is no use to wait any longer
   */
  void await(Runnable check) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      check.run();
      for (ConsumerRecord<byte[], byte[]> row : rows.poll(POLL)) {
        if (new String(row.key(), StandardCharsets.UTF_8).contains(station)) {
          return;
        }
      }
    }
    throw TandemException.failed(
        "a new event was not counted in %d minutes".formatted(PATIENCE.toMinutes()));
  }

  @Override
  public void close() {
    rows.close();
  }
}
