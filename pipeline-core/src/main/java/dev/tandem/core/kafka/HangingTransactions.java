package dev.tandem.core.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Transactions that a partition of a pipeline still holds open although their coordinator has ended
 * them: it skips partitions that have no leader for a moment (KAFKA-20734). Nobody ever closes them
 * but an operator, and everyone who reads committed records waits. Not thread-safe.
 */
public final class HangingTransactions {
  /** Since its last record; any timeout of ours is shorter. */
  private static final long OLD_MILLIS = 60_000;

  /**
   * How often in a row one must be seen: a coordinator that still reads its own log after a start
   * does not name all that it is about to end.
   */
  private static final int LOOKS = 4;

  private static final long TIMEOUT_SECONDS = 10;

  private final Admin admin;
  private final Topics topics;
  private final Map<Hanging, Integer> seen = new HashMap<>();

  public HangingTransactions(Admin admin, Topics topics) {
    this.admin = admin;
    this.topics = topics;
  }

  /**
   * One of them.
   *
   * @param offset of its first record
   */
  public record Hanging(TopicPartition partition, long producer, int epoch, long offset) {}

  /**
   * Those that were there at this look and at several before it; looks should be half a minute
   * apart. One that fails counts as none.
   */
  public List<Hanging> look() throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return repeated(seenNow());
    } catch (ExecutionException | TimeoutException e) {
      seen.clear();
      throw e;
    }
  }

  List<Hanging> repeated(Set<Hanging> now) {
    seen.keySet().retainAll(now);
    now.forEach(hanging -> seen.merge(hanging, 1, Integer::sum));
    return now.stream().filter(hanging -> seen.getOrDefault(hanging, 0) >= LOOKS).toList();
  }

  private Set<Hanging> seenNow() throws InterruptedException, ExecutionException, TimeoutException {
    List<TopicPartition> heldBack = heldBack();
    if (heldBack.isEmpty()) {
      return Set.of();
    }
    // In this order: what the coordinator has ended before is closed in the partition by then.
    Set<Long> open =
        answer(admin.listTransactions().all()).stream()
            .filter(HangingTransactions::isOpen)
            .map(TransactionListing::producerId)
            .collect(Collectors.toSet());
    Set<Hanging> hanging = new HashSet<>();
    answer(admin.describeProducers(heldBack).all())
        .forEach(
            (partition, producers) ->
                producers.activeProducers().stream()
                    .filter(p -> isOld(p) && !open.contains(p.producerId()))
                    .forEach(p -> hanging.add(hanging(partition, p))));
    return hanging;
  }

  private static boolean isOpen(TransactionListing transaction) {
    return transaction.state() == TransactionState.ONGOING
        || transaction.state() == TransactionState.PREPARE_ABORT
        || transaction.state() == TransactionState.PREPARE_COMMIT;
  }

  private static boolean isOld(ProducerState producer) {
    return producer.currentTransactionStartOffset().isPresent()
        && System.currentTimeMillis() - producer.lastTimestamp() > OLD_MILLIS;
  }

  private static Hanging hanging(TopicPartition partition, ProducerState producer) {
    return new Hanging(
        partition,
        producer.producerId(),
        producer.producerEpoch(),
        producer.currentTransactionStartOffset().orElseThrow());
  }

  /** Partitions of which readers of committed records do not see the end. */
  private List<TopicPartition> heldBack()
      throws InterruptedException, ExecutionException, TimeoutException {
    List<String> names = answer(admin.listTopics().names()).stream().filter(this::isOurs).toList();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    answer(admin.describeTopics(names).allTopicNames())
        .forEach(
            (topic, description) ->
                description
                    .partitions()
                    .forEach(
                        p ->
                            ends.put(
                                new TopicPartition(topic, p.partition()), OffsetSpec.latest())));
    var committed =
        answer(
            admin.listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all());
    List<TopicPartition> heldBack = new ArrayList<>();
    answer(admin.listOffsets(ends).all())
        .forEach(
            (partition, written) -> {
              var seen = committed.get(partition);
              if (seen != null && seen.offset() < written.offset()) {
                heldBack.add(partition);
              }
            });
    return heldBack;
  }

  private boolean isOurs(String topic) {
    return topic.startsWith(topics.pipeline() + ".")
        || topic.startsWith(topics.applicationId() + "-");
  }

  private static <T> T answer(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }
}
