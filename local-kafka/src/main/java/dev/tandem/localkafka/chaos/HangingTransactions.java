package dev.tandem.localkafka.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Transactions that a partition still holds open although their coordinator has ended them: a
 * broker that is killed again while it comes back can lose a marker. Nobody ever closes them but an
 * operator, and everyone who reads behind them waits; this does what an operator would.
 */
final class HangingTransactions {
  /** Long enough for every marker that is on its way. */
  private static final Duration OLD = Duration.ofSeconds(60);

  private final String bootstrap;
  private final String pipeline;
  private final Journal journal;

  HangingTransactions(String bootstrap, String pipeline, Journal journal) {
    this.bootstrap = bootstrap;
    this.pipeline = pipeline;
    this.journal = journal;
  }

  /** Says which there are, and ends them. */
  void end() throws InterruptedException {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
      Set<Long> open =
          admin.listTransactions().all().get().stream()
              .filter(HangingTransactions::isOpen)
              .map(TransactionListing::producerId)
              .collect(Collectors.toSet());
      for (TopicPartition partition : heldBack(admin)) {
        for (ProducerState producer :
            admin
                .describeProducers(List.of(partition))
                .partitionResult(partition)
                .get()
                .activeProducers()) {
          if (producer.currentTransactionStartOffset().isPresent()
              && !open.contains(producer.producerId())
              && System.currentTimeMillis() - producer.lastTimestamp() > OLD.toMillis()) {
            end(admin, partition, producer);
          }
        }
      }
    } catch (ExecutionException e) {
      journal.say("cannot look for hanging transactions: %s", String.valueOf(e.getCause()));
    }
  }

  private static boolean isOpen(TransactionListing transaction) {
    return transaction.state() == TransactionState.ONGOING
        || transaction.state() == TransactionState.PREPARE_ABORT
        || transaction.state() == TransactionState.PREPARE_COMMIT;
  }

  private void end(Admin admin, TopicPartition partition, ProducerState producer)
      throws ExecutionException, InterruptedException {
    journal.say(
        "Kafka itself has left a transaction open in %s from offset %d on: ended, as an operator"
            + " would",
        partition, producer.currentTransactionStartOffset().getAsLong());
    admin
        .abortTransaction(
            new AbortTransactionSpec(
                partition,
                producer.producerId(),
                (short) producer.producerEpoch(),
                producer.coordinatorEpoch().orElse(0)))
        .all()
        .get();
  }

  /** Partitions of which readers of committed records do not see the end. */
  private List<TopicPartition> heldBack(Admin admin)
      throws ExecutionException, InterruptedException {
    List<String> topics =
        admin.listTopics().names().get().stream()
            .filter(t -> t.startsWith(pipeline + ".") || t.startsWith("tandem-" + pipeline + "-"))
            .toList();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    admin
        .describeTopics(topics)
        .allTopicNames()
        .get()
        .forEach(
            (topic, description) ->
                description
                    .partitions()
                    .forEach(
                        p ->
                            ends.put(
                                new TopicPartition(topic, p.partition()), OffsetSpec.latest())));
    var committed = admin.listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
    var written = admin.listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED));
    List<TopicPartition> heldBack = new ArrayList<>();
    for (TopicPartition p : ends.keySet()) {
      if (committed.partitionResult(p).get().offset() < written.partitionResult(p).get().offset()) {
        heldBack.add(p);
      }
    }
    return heldBack;
  }
}
