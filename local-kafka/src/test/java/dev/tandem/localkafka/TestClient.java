package dev.tandem.localkafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Texts in and out of a broker, by ordinary clients. */
final class TestClient {

  private final String bootstrap;

  TestClient(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  String clusterId() {
    try (Admin admin = admin()) {
      return get(admin.describeCluster().clusterId());
    }
  }

  void createTopic(String topic, int partitions) {
    try (Admin admin = admin()) {
      get(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all());
    }
  }

  void send(String topic, String... values) {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      for (String value : values) {
        get(producer.send(new ProducerRecord<>(topic, value)));
      }
    }
  }

  /**
   * Commits one text; readers may see it a moment after this returns, as Kafka promises no more.
   */
  void sendInTransaction(String topic, String value) {
    try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "test"))) {
      producer.initTransactions();
      producer.beginTransaction();
      get(producer.send(new ProducerRecord<>(topic, value)));
      producer.commitTransaction();
    }
  }

  /** Commits a text in each partition, and does something as soon as it is told that it did. */
  void sendInTransaction(String topic, int partitions, String value, Runnable committed) {
    Map<String, Object> config = Map.of("transactional.id", "test");
    KafkaProducer<String, String> producer = producer(config);
    try {
      producer.initTransactions();
      producer.beginTransaction();
      for (int i = 0; i < partitions; i++) {
        producer.send(new ProducerRecord<>(topic, i, null, value));
      }
      producer.commitTransaction();
      committed.run();
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  /** Everything committed in the topic, up to its end as of now. */
  List<String> readAll(String topic) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<String> values = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrap));
  }

  private KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", bootstrap);
    config.put("max.request.size", 4 << 20);
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
