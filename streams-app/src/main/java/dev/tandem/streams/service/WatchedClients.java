package dev.tandem.streams.service;

import dev.tandem.streams.topology.Commits;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/** The clients of Kafka Streams, as it makes them itself; its tasks hear of every transaction. */
final class WatchedClients implements KafkaClientSupplier {
  private final String published;
  private final Commits commits;

  /**
   * @param published topic of the rows that are published
   */
  WatchedClients(String published, Commits commits) {
    this.published = published;
    this.commits = commits;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new WatchedProducer(config, published, commits);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }

  /** Says when a transaction is over. */
  private static final class WatchedProducer extends KafkaProducer<byte[], byte[]> {
    private final Commits commits;
    private final SharedCallbacks callbacks;

    WatchedProducer(Map<String, Object> config, String published, Commits commits) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
      this.commits = commits;
      this.callbacks = new SharedCallbacks(published);
    }

    @Override
    public Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
      return super.send(record, callbacks.instead(record, callback));
    }

    @Override
    public void flush() {
      super.flush();
      callbacks.flushed();
    }

    @Override
    public void commitTransaction() {
      super.commitTransaction();
      callbacks.over();
      commits.committed();
    }

    @Override
    public void abortTransaction() {
      commits.aborted();
      callbacks.over();
      super.abortTransaction();
    }
  }
}
