package dev.tandem.replay.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.decode.Decoded;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.fault.FailPoint;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.Topics;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes what a replay reads, and how far it got, in transactions. Not thread-safe. */
final class Sink implements AutoCloseable {
  private final Topics topics;
  private final Plan plan;
  private final int partitions;
  private final Transactions transactions;

  /**
   * @param partitions of the events topic
   * @param fenced what to say when another one of the same plan has begun
   * @param remedy what to do after any other failure
   */
  Sink(Map<String, String> kafka, Plan plan, int partitions, String fenced, String remedy) {
    this.topics = Topics.of(plan.pipeline());
    this.plan = plan;
    this.partitions = partitions;
    this.transactions =
        new Transactions(
            kafka,
            "tandem-replay-" + topics.pipeline() + "-" + plan.id(),
            fenced,
            "Publishing to " + topics.events() + " failed: %s; " + remedy);
  }

  void send(Output output) {
    transactions.send(
        output.fate() == Fate.PUBLISH
            ? new ProducerRecord<>(
                topics.events(),
                Partitioning.ofEvent(output.key(), partitions),
                output.key(),
                output.value())
            : rejected(output));
    FailPoint.REPLAY_SENDING.reached();
  }

  private ProducerRecord<byte[], byte[]> rejected(Output output) {
    RejectReason reason = RejectReason.TOO_LARGE;
    String error = "as JSON larger than " + Encoder.MOST_BYTES + " bytes";
    byte[] columns = null;
    if (output.entry().decoded() instanceof Decoded.Bad bad) {
      reason = bad.reason();
      error = bad.error();
      columns = bad.columns();
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topics.rejected(), output.key(), output.value());
    record.headers().add(Topics.REASON_HEADER, reason.code().getBytes(UTF_8));
    record.headers().add(Topics.ERROR_HEADER, error.getBytes(UTF_8));
    record.headers().add(Topics.SOURCE_HEADER, output.key());
    if (columns != null) {
      record.headers().add(Topics.COLUMNS_HEADER, columns);
    }
    return record;
  }

  /** Makes all that was sent, and {@code progress} with it, visible at once. */
  void commit(Progress progress) {
    transactions.send(
        new ProducerRecord<>(topics.progress(), plan.id().getBytes(UTF_8), progress.toBytes()));
    FailPoint.REPLAY_COMMITTING.reached();
    transactions.commit();
    FailPoint.REPLAY_COMMITTED.reached();
  }

  /** What is not committed is given up. */
  @Override
  public void close() {
    transactions.close();
  }
}
