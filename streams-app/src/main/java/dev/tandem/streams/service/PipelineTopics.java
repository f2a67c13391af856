package dev.tandem.streams.service;

import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Sees, before a start, that the topics are such that the two halves can be right. */
final class PipelineTopics {
  private final Admin admin;
  private final Topics topics;
  private final Optional<Integer> replication;

  /**
   * @param replication as in {@link TopicAdmin}
   */
  PipelineTopics(Admin admin, Topics topics, Optional<Integer> replication) {
    this.admin = admin;
    this.topics = topics;
    this.replication = replication;
  }

  /**
   * Makes the topics of a new pipeline, checks those of an old one.
   *
   * @param partitions of the topics when they are made
   * @return how many partitions there are
   * @throws TandemException with what is wrong and what to do
   */
  int ready(int partitions) throws InterruptedException {
    TopicAdmin pipelineTopics = new TopicAdmin(admin, topics, replication);
    if (pipelineTopics.describe(partitions).stream().noneMatch(TopicAdmin.State::exists)) {
      pipelineTopics.create(partitions);
    }
    int count = pipelineTopics.check();
    checkInternal(count);
    return count;
  }

  private void checkInternal(int partitions) throws InterruptedException {
    try {
      Set<String> existing =
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      if (existing.contains(topics.partials())) {
        refuseOtherCount(partitions);
      }
      if (!existing.contains(topics.ledger())) {
        refuseLostState();
      }
    } catch (ExecutionException e) {
      throw TandemException.failed(
          "Kafka refused to describe the topics of " + topics.pipeline() + ": " + e.getCause(), e);
    }
  }

  private void refuseOtherCount(int partitions) throws InterruptedException, ExecutionException {
    int found = 0;
    for (TopicDescription partials :
        admin.describeTopics(List.of(topics.partials())).allTopicNames().get().values()) {
      found = partials.partitions().size();
    }
    if (found != partitions) {
      throw TandemException.wrongUse(
          "topic %s has %d partitions, %s has %d: the count cannot change once the app has run; give the pipeline another name"
              .formatted(topics.partials(), found, topics.events(), partitions));
    }
  }

  /** Without its changelogs the app would go on at its offsets with nothing remembered. */
  private void refuseLostState() throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        admin
            .listConsumerGroupOffsets(topics.applicationId())
            .partitionsToOffsetAndMetadata()
            .get();
    boolean began =
        offsets.entrySet().stream()
            .anyMatch(
                e ->
                    e.getKey().topic().equals(topics.events())
                        && e.getValue() != null
                        && e.getValue().offset() > 0);
    if (began) {
      throw TandemException.failed(
          "the state of %s is lost (topic %s is gone) but its offsets are not: delete the consumer group %s and all topics %s-*, then the log is read again from its start"
              .formatted(
                  topics.pipeline(),
                  topics.ledger(),
                  topics.applicationId(),
                  topics.applicationId()));
    }
  }
}
