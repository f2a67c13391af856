package dev.tandem.bench.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The limit of anything that reads the events with Kafka's consumer and Jackson: two threads read
 * every token and do nothing with it.
 */
public final class ConsumerLimit {
  private static final int THREADS = 2;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final JsonFactory JSON = new JsonFactory();

  private ConsumerLimit() {}

  /**
   * @param args brokers and topic
   */
  public static void main(String[] args) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int remainder = t;
      Thread thread = new Thread(() -> read(args[0], args[1], remainder));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void read(String bootstrap, String topic, int remainder) {
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "max.poll.records",
                4_000,
                "fetch.max.bytes",
                16 << 20,
                "max.partition.fetch.bytes",
                2 << 20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> mine =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .filter(p -> p.partition() % THREADS == remainder)
              .toList();
      consumer.assign(mine);
      consumer.seekToBeginning(mine);
      Map<TopicPartition, Long> ends = consumer.endOffsets(mine);
      long values = 0;
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
          values += values(event.value());
        }
      }
      System.out.println("values " + values);
    }
  }

  /** Reads the text of every value, which is more than to skip it. */
  private static long values(byte[] event) {
    long count = 0;
    try (JsonParser json = JSON.createParser(event)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue()) {
          count += json.getTextLength() >= 0 ? 1 : 0;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }
}
