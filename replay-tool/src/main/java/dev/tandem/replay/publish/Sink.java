package dev.tandem.replay.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.TandemException;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.fault.FailPoint;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.Topics;
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
 * Publishes in transactions. Making one ends whatever a killed replay of the same id left open, and
 * fences one that still runs. Not thread-safe.
 */
final class Sink implements AutoCloseable {
  /** Readers of committed records wait for a killed replay as long as this. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(20);

  private final Topics topics;
  private final Plan plan;
  private final int partitions;
  private final KafkaProducer<byte[], byte[]> producer;
  private boolean open;

  /**
   * @param partitions of the events topic
   */
  Sink(Map<String, String> kafka, Plan plan, int partitions) {
    this.topics = Topics.of(plan.pipeline());
    this.plan = plan;
    this.partitions = partitions;
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("transactional.id", "tandem-replay-" + topics.pipeline() + "-" + plan.id());
    properties.put("transaction.timeout.ms", (int) TRANSACTION_TIMEOUT.toMillis());
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
      throw failed(e);
    }
  }

  void send(Output output) {
    ProducerRecord<byte[], byte[]> record =
        output.fate() == Fate.PUBLISH
            ? new ProducerRecord<>(
                topics.events(),
                Partitioning.ofEvent(output.key(), partitions),
                output.key(),
                output.value())
            : rejected(output);
    guarded(
        () -> {
          if (!open) {
            producer.beginTransaction();
            open = true;
          }
          producer.send(record);
          FailPoint.REPLAY_SENDING.reached();
        });
  }

  private ProducerRecord<byte[], byte[]> rejected(Output output) {
    RejectReason reason = RejectReason.TOO_LARGE;
    String error = "as JSON larger than " + Encoder.MOST_BYTES + " bytes";
    if (output.entry().decoded() instanceof Decoded.Bad bad) {
      reason = bad.reason();
      error = bad.error();
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topics.rejected(), output.key(), output.value());
    record.headers().add(Topics.REASON_HEADER, reason.code().getBytes(UTF_8));
    record.headers().add(Topics.ERROR_HEADER, error.getBytes(UTF_8));
    record.headers().add(Topics.SOURCE_HEADER, output.key());
    return record;
  }

  /** Makes all that was sent, and {@code progress} with it, visible at once. */
  void commit(Progress progress) {
    guarded(
        () -> {
          if (!open) {
            producer.beginTransaction();
          }
          open = false;
          producer.send(
              new ProducerRecord<>(
                  topics.progress(), plan.id().getBytes(UTF_8), progress.toBytes()));
          FailPoint.REPLAY_COMMITTING.reached();
          producer.commitTransaction();
          FailPoint.REPLAY_COMMITTED.reached();
        });
  }

  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  private TandemException failed(KafkaException e) {
    if (isFenced(e)) {
      return TandemException.failed(
          "Replay "
              + plan.id()
              + " was ended: another one of the same files has started, or it stood still for more"
              + " than "
              + TRANSACTION_TIMEOUT.toSeconds()
              + " s; "
              + plan.remedy(),
          e);
    }
    return TandemException.failed(
        "Publishing to " + topics.events() + " failed: " + e.getMessage() + "; " + plan.remedy(),
        e);
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
