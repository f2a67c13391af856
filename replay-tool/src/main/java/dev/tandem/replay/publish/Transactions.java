package dev.tandem.replay.publish;

import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.Refusals;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes in transactions. Making one ends whatever a killed process of the same id left open,
 * and fences one that still runs. Not thread-safe.
 */
public final class Transactions implements AutoCloseable {
  /** Readers of committed records wait for a killed process as long as this. */
  public static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final String fenced;
  private final String failed;
  private final KafkaProducer<byte[], byte[]> producer;
  private boolean open;

  /**
   * @param id the transactional id
   * @param fenced what to say when another process of this id has begun
   * @param failed what to say of any other failure, with {@code %s} for its message
   */
  public Transactions(Map<String, String> kafka, String id, String fenced, String failed) {
    this.fenced = fenced;
    this.failed = failed;
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("transactional.id", id);
    properties.put("transaction.timeout.ms", (int) TIMEOUT.toMillis());
    properties.put("acks", "all");
    properties.put("compression.type", "lz4");
    properties.put("linger.ms", 20);
    properties.put("batch.size", 256 << 10);
    properties.put("buffer.memory", 64L << 20);
    properties.put("max.request.size", 4 << 20);
    // A transaction's first batch may have to wait for the one before to close: later batches that
    // overtake it would be refused, and retried.
    properties.put("max.in.flight.requests.per.connection", 1);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw failure(e);
    }
  }

  /** Sends a record in the open transaction, or in a new one. */
  public void send(ProducerRecord<byte[], byte[]> record) {
    try {
      if (!open) {
        producer.beginTransaction();
        open = true;
      }
      producer.send(record);
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  /** Makes all that was sent visible at once. */
  public void commit() {
    if (!open) {
      return;
    }
    open = false;
    try {
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  private TandemException failure(KafkaException e) {
    return TandemException.failed(isFenced(e) ? fenced : failed.replace("%s", why(e)), e);
  }

  private static String why(KafkaException e) {
    return Refusals.find(e).map(Throwable::getMessage).orElse(String.valueOf(e.getMessage()));
  }

  /** The producer wraps what it finds out late. */
  private static boolean isFenced(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ProducerFencedException || t instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  /** What is not committed is given up. */
  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
