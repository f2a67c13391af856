package dev.tandem.bench.work;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** All committed records of a topic of rows, as a plain consumer reads them. */
public final class PublishedLog {
  private static final Duration POLL = Duration.ofMillis(200);
  private final String bootstrap;
  private final String topic;

  public PublishedLog(String bootstrap, String topic) {
    this.bootstrap = bootstrap;
    this.topic = topic;
  }

  /** Appends each record's offset (unique and growing within a key), key and value. */
  void appendTo(Connection duckdb, String table) throws InterruptedException {
    try (DuckDBAppender rows =
        duckdb.unwrap(DuckDBConnection.class).createAppender("temp", "main", table)) {
      forEach(record -> append(rows, record));
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB refused rows of " + topic, e);
    }
  }

  private void append(DuckDBAppender rows, ConsumerRecord<byte[], byte[]> record) {
    try {
      rows.beginRow();
      rows.append(record.offset());
      rows.append(new String(record.key(), StandardCharsets.UTF_8));
      if (record.value() == null) {
        rows.appendNull();
      } else {
        rows.append(new String(record.value(), StandardCharsets.UTF_8));
      }
      rows.endRow();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB refused rows of " + topic, e);
    }
  }

  /** Reads from the beginning to what is the end now, a partition's records in their order. */
  public void forEach(Consumer<ConsumerRecord<byte[], byte[]>> action) throws InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        if (Thread.interrupted()) {
          throw new InterruptedException("while reading " + topic);
        }
        consumer.poll(POLL).forEach(action);
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "isolation.level",
            "read_committed",
            "max.poll.records",
            5_000,
            "fetch.max.bytes",
            16 << 20),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
