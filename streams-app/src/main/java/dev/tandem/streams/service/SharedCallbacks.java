package dev.tandem.streams.service;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One callback a partition of a changelog, and one for all rows that are published, instead of one
 * a record. All that Kafka Streams (4.3.1) does in those of a changelog is to remember the newest
 * offset, for which it asks when it has flushed the producer, and the first failure; in those of
 * another topic it also counts records and bytes, which for rows it then does once a flush.
 * Millions of callbacks, each of which keeps its record until the broker has it, cost more than
 * that is worth. For the thread that sends; the callbacks themselves for any.
 */
final class SharedCallbacks {
  private static final String CHANGELOG = "-changelog";

  /** Rows are spread over their topic by key: Kafka Streams names no partition. */
  private static final Integer ANY_PARTITION = -1;

  private final String published;
  private final Map<String, Map<Integer, Shared>> callbacks = new HashMap<>();

  /**
   * @param published topic of the rows that are published
   */
  SharedCallbacks(String published) {
    this.published = published;
  }

  private static final class Shared implements Callback {
    /** Of the record that was sent last. */
    private volatile Callback newest;

    private volatile @Nullable RecordMetadata written;

    Shared(Callback newest) {
      this.newest = newest;
    }

    /** Records of a partition are written in the order in which they were sent. */
    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
      if (failure == null) {
        written = metadata;
      } else {
        newest.onCompletion(metadata, failure);
      }
    }

    void tell() {
      RecordMetadata last = written;
      if (last != null) {
        written = null;
        newest.onCompletion(last, null);
      }
    }
  }

  /** The callback to send a record with, for that of Kafka Streams. */
  @Nullable Callback instead(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
    Integer partition = partition(record);
    if (callback == null || partition == null) {
      return callback;
    }
    Map<Integer, Shared> ofTopic =
        callbacks.computeIfAbsent(record.topic(), topic -> new HashMap<>());
    Shared shared = ofTopic.get(partition);
    if (shared == null) {
      shared = new Shared(callback);
      ofTopic.put(partition, shared);
    } else {
      shared.newest = callback;
    }
    return shared;
  }

  /** Whose callback is shared with others of its topic; null: nobody's. */
  private @Nullable Integer partition(ProducerRecord<byte[], byte[]> record) {
    if (record.topic().endsWith(CHANGELOG)) {
      return record.partition();
    }
    return record.topic().equals(published) ? ANY_PARTITION : null;
  }

  /** Everything that was sent is written, or has failed. */
  void flushed() {
    callbacks.values().forEach(ofTopic -> ofTopic.values().forEach(Shared::tell));
  }

  /** The transaction is over: the next one may be of other tasks. */
  void over() {
    callbacks.clear();
  }
}
