package dev.tandem.bench.latency;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer of committed records of a topic of rows. */
final class TopicReader implements Reader {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final String DEPARTURES = "{\"aggregate\":\"departures_hourly\"";
  private static final ObjectReader JSON = JsonMapper.builder().build().reader();

  private final Consumer<byte[], byte[]> consumer;

  TopicReader(String bootstrap, String topic, int partitions) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                5_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  @Override
  public void read(Waits waits) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    long now = System.nanoTime();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      if (key.startsWith(DEPARTURES)) {
        waits.seen(key, trips(record.value()), now);
      }
    }
  }

  private static long trips(byte[] value) {
    try {
      return JSON.readTree(value).path("trips").longValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
