package dev.tandem.streams.service;

import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.streams.topology.Lineage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a task has saved against what Kafka says: the topics are the same ones, nothing that
 * was counted is gone from their ends, and nothing lies between the state and the offsets at which
 * the task goes on.
 */
final class StateLineage implements Lineage {
  /** A broker may not know for a moment what another has just made. */
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(15);

  private final Admin admin;
  private final Map<String, String> kafka;
  private final Topics topics;
  private final Remedy remedy;

  StateLineage(Admin admin, Map<String, String> kafka, Topics topics) {
    this.admin = admin;
    this.kafka = kafka;
    this.topics = topics;
    this.remedy = new Remedy(topics);
  }

  @Override
  public Map<String, String> check(Saved saved) {
    try {
      Map<String, String> ids = ids(saved);
      for (String input : saved.inputs()) {
        checkInput(saved, new TopicPartition(input, saved.partition()));
      }
      return ids;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Kafka does not say which topics there are", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka", e);
    }
  }

  private Map<String, String> ids(Saved saved)
      throws ExecutionException, InterruptedException, TimeoutException {
    Set<String> names = new TreeSet<>(saved.inputs());
    names.addAll(saved.others());
    Map<String, String> ids = new TreeMap<>();
    TopicIds.await(admin, names, KNOWN_WITHIN).forEach((name, topic) -> ids.put(name, topic.id()));
    names.remove(topics.acknowledgements()); // It is said again.
    for (String name : names) {
      String before = saved.ids().get(name);
      String now = ids.get(name);
      if (now == null || (before != null && !before.equals(now))) {
        throw TandemException.failed(
            "topic %s %s since the app counted what it serves: %s"
                .formatted(
                    name,
                    now == null ? "was deleted" : "was deleted and made anew",
                    remedy.afterLossOf(name)));
      }
    }
    return ids;
  }

  private void checkInput(Saved saved, TopicPartition partition)
      throws ExecutionException, InterruptedException {
    if (!saved.fresh() && saved.ids().isEmpty()) {
      return; // Saved by a build that did not note this yet.
    }
    long begin = offset(partition, OffsetSpec.earliest());
    OffsetAndMetadata offset = committed(partition);
    Long committed = offset == null ? null : (Long) offset.offset();
    Long next = saved.next().get(partition.topic());
    if (next == null) {
      // No record of this input is in the state: all that there are must come.
      if (committed != null && committed > begin) {
        refuseSkipped(partition, begin, committed);
      }
      return;
    }
    long end = offset(partition, OffsetSpec.latest());
    // Offsets that were set back by hand: what is in the state already is passed over.
    boolean wentBack =
        offset != null && offset.offset() < next && PipelineTopics.isOfTheApp(offset);
    if (end < next || wentBack) {
      throw TandemException.failed(
          "%s went back: the state has counted it up to offset %d, Kafka %s. Where brokers were restored from a backup: ./tandem up -p %s --rebuild counts what is there now"
              .formatted(
                  partition,
                  next,
                  end < next ? "has it up to " + end : "has the app at " + committed,
                  topics.pipeline()));
    }
    long from = committed == null ? begin : committed;
    if (from > next) {
      refuseSkipped(partition, next, from);
    }
    if (begin > from) {
      throw lost(partition, from, begin);
    }
  }

  /** Between the state and the offsets may lie what transactions leave behind, but no records. */
  private void refuseSkipped(TopicPartition partition, long from, long to) {
    long[] records = {0};
    try (TopicReader reader = new TopicReader(kafka)) {
      long begin = reader.beginning(partition);
      if (begin > from && begin >= to && !isPurged(partition.topic())) {
        throw lost(partition, from, to);
      }
      reader.read(partition, from, to, record -> records[0]++);
    }
    if (records[0] > 0) {
      throw TandemException.failed(
          "the state of %s is older than its offsets: %d records of %s from offset %d on are not in it, though the app is said to have read up to %d. Where a changelog has lost records or offsets were set: ./tandem up -p %s --rebuild counts everything anew"
              .formatted(topics.pipeline(), records[0], partition, from, to, topics.pipeline()));
    }
  }

  /** Whether Kafka Streams itself deletes what the app has read: transaction markers go with it. */
  private boolean isPurged(String topic) {
    return topic.equals(topics.partials()) || topic.equals(topics.signals());
  }

  private TandemException lost(TopicPartition partition, long from, long to) {
    return TandemException.failed(
        "%s has lost offsets %d to %d before the app counted them (retention, or records deleted by hand): ./tandem up -p %s --rebuild goes on with what is left, then ./tandem backfill --source files with files that are complete"
            .formatted(partition, from, to - 1, topics.pipeline()));
  }

  private long offset(TopicPartition partition, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    return admin.listOffsets(Map.of(partition, spec)).partitionResult(partition).get().offset();
  }

  private @Nullable OffsetAndMetadata committed(TopicPartition partition)
      throws ExecutionException, InterruptedException {
    Map<String, ListConsumerGroupOffsetsSpec> asked = new HashMap<>();
    asked.put(
        topics.applicationId(),
        new ListConsumerGroupOffsetsSpec().topicPartitions(Set.of(partition)));
    Map<TopicPartition, OffsetAndMetadata> found =
        admin
            .listConsumerGroupOffsets(
                asked, new ListConsumerGroupOffsetsOptions().requireStable(true))
            .partitionsToOffsetAndMetadata(topics.applicationId())
            .get();
    return Objects.requireNonNull(found).get(partition);
  }
}
