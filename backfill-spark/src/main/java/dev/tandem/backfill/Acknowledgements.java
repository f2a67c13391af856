package dev.tandem.backfill;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.Acknowledgement;
import dev.tandem.core.reconcile.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What the streams app has acknowledged, the latest of each partition. Not thread-safe. */
final class Acknowledgements implements AutoCloseable {
  private final Topics topics;
  private final int partitions;
  private final TopicReader reader;
  private final Map<Integer, Acknowledgement> latest = new TreeMap<>();
  private long position;

  Acknowledgements(Map<String, String> kafka, Topics topics, int partitions) {
    this.topics = topics;
    this.partitions = partitions;
    this.reader = new TopicReader(kafka);
  }

  /** Reads what has come since. */
  void refresh() {
    TopicPartition partition = new TopicPartition(topics.acknowledgements(), 0);
    long end = reader.end(partition);
    if (end > position) {
      reader.read(partition, position, end, this::take);
      position = end;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    Acknowledgement acknowledgement = Acknowledgement.fromBytes(record.value());
    latest.put(acknowledgement.partition(), acknowledgement);
  }

  /** The newest epoch that the app has heard of, 0 for none. */
  long newestEpoch() {
    return latest.values().stream()
        .mapToLong(
            a ->
                Math.max(
                    a.generation(),
                    a.committed().stream().mapToLong(Long::longValue).max().orElse(0)))
        .max()
        .orElse(0);
  }

  /**
   * Partitions that have not yet merged and published everything before the barrier of {@code
   * epoch} and the corrections of all {@code committed} epochs.
   */
  List<String> missing(long epoch, Set<Long> committed) {
    List<String> missing = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      Acknowledgement a = latest.get(p);
      if (a == null || a.generation() < epoch || !a.committed().containsAll(committed)) {
        missing.add("partition " + p);
      }
    }
    return missing;
  }

  /**
   * What became of the events before the barrier of {@code epoch}, by partition of the log; empty
   * when the app has not said so of every partition.
   */
  Map<Integer, Ledger> ledgers(long epoch) {
    return latest.values().stream()
        .filter(a -> a.generation() == epoch && a.ledgers().size() == partitions)
        .findFirst()
        .map(Acknowledgement::ledgers)
        .orElse(Map.of());
  }

  /**
   * Definitions that the app does not count in every partition since before the barrier of {@code
   * epoch}. Of the others, whatever came before the app began to count is before the cut as well,
   * and the batch has it.
   */
  List<AggregateDefinition> notLive(List<AggregateDefinition> aggregates, long epoch) {
    return aggregates.stream().filter(a -> !isLive(a, epoch)).toList();
  }

  private boolean isLive(AggregateDefinition aggregate, long epoch) {
    for (int p = 0; p < partitions; p++) {
      Acknowledgement a = latest.get(p);
      Long since = a == null ? null : a.live().get(aggregate.hexId());
      if (since == null || since >= epoch) {
        return false;
      }
    }
    return true;
  }

  /**
   * @throws TandemException failed, when one of the definitions is not live
   */
  void requireLive(List<AggregateDefinition> aggregates, long epoch) {
    List<AggregateDefinition> notLive = notLive(aggregates, epoch);
    if (!notLive.isEmpty()) {
      AggregateDefinition first = notLive.get(0);
      throw TandemException.failed(
          "the app has not counted %s (definition %s) since before this run: start the app with this definition first (./tandem up -p %s), then rerun"
              .formatted(first.name(), first.hexId(), topics.pipeline()));
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
