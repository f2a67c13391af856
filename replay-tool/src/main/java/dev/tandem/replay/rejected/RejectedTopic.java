package dev.tandem.replay.rejected;

import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.replay.publish.ProgressLog;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Reads what was rejected, and what of it was sent again. */
final class RejectedTopic {
  /** Offsets that are read before the question whether to stop. */
  private static final long CHUNK = 20_000;

  private final Map<String, String> kafka;
  private final Admin admin;
  private final Topics topics;
  private final Set<String> reasons;

  /**
   * @param reasons codes of those that count; none: all
   */
  RejectedTopic(Map<String, String> kafka, Admin admin, Topics topics, Set<String> reasons) {
    this.kafka = kafka;
    this.admin = admin;
    this.topics = topics;
    this.reasons = reasons;
  }

  /** What was sent again, committed before this was called. */
  Repaired repaired() {
    Repaired repaired = new Repaired(topicId());
    ProgressLog.forEach(kafka, admin, topics.progress(), repaired::take);
    return repaired;
  }

  private String topicId() {
    try {
      TopicDescription topic =
          Objects.requireNonNull(
                  admin
                      .describeTopics(Set.of(topics.rejected()))
                      .topicNameValues()
                      .get(topics.rejected()))
              .get();
      return topic.topicId().toString();
    } catch (ExecutionException e) {
      throw TandemException.failed("Cannot read " + topics.rejected() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TandemException.failed("interrupted while reading " + topics.rejected(), e);
    }
  }

  /** All committed records that are there now, partition by partition, until told to stop. */
  void forEach(BooleanSupplier stop, Consumer<RejectedRecord> sink) {
    try (TopicReader reader = new TopicReader(kafka)) {
      for (TopicPartition partition : reader.partitions(topics.rejected())) {
        long end = reader.end(partition);
        long from = reader.beginning(partition);
        while (from < end && !stop.getAsBoolean()) {
          long to = Math.min(end, from + CHUNK);
          reader.read(
              partition,
              from,
              to,
              record -> {
                RejectedRecord rejected = RejectedRecord.of(record);
                if (reasons.isEmpty() || reasons.contains(rejected.reason())) {
                  sink.accept(rejected);
                }
              });
          from = to;
        }
      }
    }
  }
}
