package dev.tandem.streams.service;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.Refusals;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import dev.tandem.streams.topology.StateStores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees, before a start, that the topics are such that the two halves can be right. */
final class PipelineTopics {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineTopics.class);

  private final Admin admin;
  private final Topics topics;
  private final boolean decides;
  private final Optional<Integer> replication;

  /**
   * @param replication as in {@link TopicAdmin}
   */
  PipelineTopics(Admin admin, PipelineDefinition pipeline, Optional<Integer> replication) {
    this.admin = admin;
    this.topics = Topics.of(pipeline);
    this.decides = !pipeline.decisions().isEmpty();
    this.replication = replication;
  }

  /**
   * Makes the topics of a new pipeline, checks those of an old one, and sees that the app's group
   * has an offset for everything it reads: it reads from there and from nowhere else.
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
    try {
      checkInternal(count);
      return count;
    } catch (ExecutionException | TimeoutException e) {
      throw Refusals.of(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  /** What only the app's tasks share. */
  static List<String> internal(PipelineDefinition pipeline) {
    List<String> names = new ArrayList<>(ofHalves(Topics.of(pipeline)));
    if (!pipeline.decisions().isEmpty()) {
      names.addAll(ofDecisions(Topics.of(pipeline)));
    }
    return names;
  }

  private static List<String> ofHalves(Topics topics) {
    List<String> names = new ArrayList<>(StateStores.changelogs(topics));
    names.add(topics.partials());
    return names;
  }

  /** What decisions need; of a pipeline that declares none it may be left from before. */
  static List<String> ofDecisions(Topics topics) {
    List<String> names = new ArrayList<>(StateStores.decisionChangelogs(topics));
    names.add(topics.signals());
    return names;
  }

  /** Kafka Streams notes something with every offset; who sets one by hand does not. */
  static boolean isOfTheApp(OffsetAndMetadata offset) {
    return !offset.metadata().isEmpty();
  }

  private void checkInternal(int partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, TopicIds.Topic> found = TopicIds.find(admin, ofHalves(topics));
    found.forEach((name, topic) -> refuseOtherCount(name, topic, partitions));
    if (decides) {
      TopicIds.find(admin, ofDecisions(topics))
          .forEach((name, topic) -> refuseOtherCount(name, topic, isOfLog(name) ? partitions : 1));
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
    boolean began = offsets.values().stream().anyMatch(o -> o != null && isOfTheApp(o));
    if (began) {
      refuseLost(found);
    }
    setMissing(offsets, partitions, !found.isEmpty());
  }

  private boolean isOfLog(String decisionTopic) {
    return decisionTopic.equals(StateStores.signalsChangelog(topics));
  }

  private void refuseOtherCount(String name, TopicIds.Topic topic, int partitions) {
    if (topic.partitions() != partitions) {
      throw TandemException.wrongUse(
          "topic %s has %d partitions, must have %d: the count cannot change once the app has run; give the pipeline another name"
              .formatted(name, topic.partitions(), partitions));
    }
  }

  /** Without its changelogs the app would go on at its offsets with nothing remembered. */
  private void refuseLost(Map<String, TopicIds.Topic> found) {
    TreeSet<String> lost = new TreeSet<>(ofHalves(topics));
    lost.removeAll(found.keySet());
    if (!lost.isEmpty()) {
      throw TandemException.failed(
          "the state of %s is lost (no topic %s) but its offsets are not: %s"
              .formatted(
                  topics.pipeline(),
                  String.join(", ", lost),
                  new Remedy(topics).afterLossOf(lost.first())));
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets()
      throws InterruptedException, ExecutionException {
    return admin
        .listConsumerGroupOffsets(topics.applicationId())
        .partitionsToOffsetAndMetadata()
        .get();
  }

  /**
   * At the first start, and where Kafka has forgotten the offsets, reading begins at the beginning;
   * what is in the state already is passed over.
   */
  private void setMissing(
      Map<TopicPartition, OffsetAndMetadata> offsets, int partitions, boolean hasState)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> missing = new HashMap<>();
    for (String topic : List.of(topics.events(), topics.claims(), topics.corrections())) {
      for (int p = 0; p < partitions; p++) {
        TopicPartition partition = new TopicPartition(topic, p);
        if (offsets.get(partition) == null) {
          missing.put(partition, OffsetSpec.earliest());
        }
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    if (hasState) {
      LOG.warn(
          "Kafka has no offsets of {} for {} partitions: reading them from the beginning, and"
              + " passing over what is counted",
          topics.applicationId(),
          missing.size());
    }
    Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
    admin
        .listOffsets(missing)
        .all()
        .get()
        .forEach((p, found) -> begin.put(p, new OffsetAndMetadata(found.offset())));
    try {
      admin.alterConsumerGroupOffsets(topics.applicationId(), begin).all().get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      if (!(cause instanceof UnknownMemberIdException || cause instanceof GroupNotEmptyException)) {
        throw e;
      }
      LOG.info("another instance of {} has just set its offsets", topics.applicationId());
    }
  }
}
