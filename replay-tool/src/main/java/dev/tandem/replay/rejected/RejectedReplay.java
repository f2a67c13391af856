package dev.tandem.replay.rejected;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.Topics;
import dev.tandem.replay.publish.Transactions;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends those rejected records again that are events by now, each once: a transaction takes the
 * records and the word that they were sent together. A failure leaves what was committed, and what
 * was not is done by the next one. Not thread-safe but for {@link #stop}.
 */
final class RejectedReplay {
  private static final int COMMIT_RECORDS = 5_000;
  private static final long COMMIT_NANOS = 1_000_000_000L;

  private final Map<String, String> kafka;
  private final Topics topics;
  private final int partitions;
  private final RejectedTopic rejected;
  private final Repair repair;
  private final LongConsumer progress;
  private final Census census = new Census();
  private final Set<Long> sent = new HashSet<>();
  private volatile boolean stopping;
  private long done;
  private int uncommitted;
  private long lastCommit = System.nanoTime();

  /**
   * @param partitions of the events topic
   * @param progress is told of every record how many were dealt with
   */
  RejectedReplay(
      Map<String, String> kafka,
      PipelineDefinition pipeline,
      int partitions,
      RejectedTopic rejected,
      LongConsumer progress) {
    this.kafka = kafka;
    this.topics = Topics.of(pipeline);
    this.partitions = partitions;
    this.rejected = rejected;
    this.repair = new Repair(pipeline);
    this.progress = progress;
  }

  /** Asks for an end after a last commit. Thread-safe. */
  void stop() {
    stopping = true;
  }

  /** Counts what it would do, and sends nothing. */
  Census dryRun() {
    Repaired repaired = rejected.repaired();
    rejected.forEach(
        () -> stopping,
        record -> {
          if (isNew(record, repaired) && event(record).isPresent()) {
            sent.add(record.identity());
            census.repairedNow(record);
          }
          progress.accept(++done);
        });
    return census;
  }

  /** Sends; once. */
  Census run() {
    try (Transactions transactions =
        new Transactions(
            kafka,
            "tandem-rejected-" + topics.pipeline(),
            "Sending rejected records again was ended: another one has started, which goes on",
            "Sending rejected records to "
                + topics.events()
                + " failed: %s; run it again, nothing is sent twice")) {
      // Only now: one that was at work before has ended, and all that it did can be seen.
      Repaired repaired = rejected.repaired();
      rejected.forEach(() -> stopping, record -> send(record, repaired, transactions));
      commit(repaired, transactions);
    }
    return census;
  }

  private void send(RejectedRecord record, Repaired repaired, Transactions transactions) {
    if (stopping) {
      return;
    }
    if (isNew(record, repaired)) {
      event(record)
          .ifPresent(
              event -> {
                transactions.send(
                    new ProducerRecord<>(
                        topics.events(),
                        Partitioning.ofEvent(event.id(), partitions),
                        event.id(),
                        event.value()));
                repaired.add(record.partition(), record.offset());
                sent.add(record.identity());
                census.repairedNow(record);
                uncommitted++;
              });
    }
    progress.accept(++done);
    if (uncommitted >= COMMIT_RECORDS
        || (uncommitted > 0 && System.nanoTime() - lastCommit >= COMMIT_NANOS)) {
      commit(repaired, transactions);
    }
  }

  /**
   * Whether it was never sent again, nor the same from the same source: what is read twice, as when
   * a file is replayed anew, is rejected twice.
   */
  private boolean isNew(RejectedRecord record, Repaired repaired) {
    boolean marked = repaired.contains(record.partition(), record.offset());
    if (marked) {
      sent.add(record.identity());
    } else if (!sent.contains(record.identity())) {
      return true;
    }
    census.repairedBefore(record);
    if (!marked) {
      repaired.add(record.partition(), record.offset());
      uncommitted++;
    }
    return false;
  }

  /** The event that it is by now; where it is none, that is counted. */
  private Optional<Repair.Verdict.Valid> event(RejectedRecord record) {
    Repair.Verdict verdict = repair.judge(record);
    if (verdict instanceof Repair.Verdict.Valid valid) {
      return Optional.of(valid);
    }
    census.open(record, ((Repair.Verdict.Invalid) verdict).error());
    return Optional.empty();
  }

  private void commit(Repaired repaired, Transactions transactions) {
    repaired
        .takeChanges()
        .forEach(
            (key, value) ->
                transactions.send(
                    new ProducerRecord<>(topics.progress(), Repaired.bytes(key), value)));
    transactions.commit();
    uncommitted = 0;
    lastCommit = System.nanoTime();
  }
}
