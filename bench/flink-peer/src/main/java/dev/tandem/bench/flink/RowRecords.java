package dev.tandem.bench.flink;

import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Rows as records, partitioned by key as Kafka's producers do. */
final class RowRecords implements KafkaRecordSerializationSchema<Row> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  RowRecords(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Row row, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic,
        row.key.getBytes(StandardCharsets.UTF_8),
        row.value.getBytes(StandardCharsets.UTF_8));
  }
}
