package dev.tandem.backfill;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Asks where topics begin and end, and how far the streams app is; all by partition. */
final class Offsets {
  private final Admin admin;

  Offsets(Admin admin) {
    this.admin = admin;
  }

  Map<Integer, Long> beginnings(String topic) {
    return list(topic, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
  }

  /** Where the records end that are committed together with all before them. */
  Map<Integer, Long> committedEnds(String topic) {
    return list(topic, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
  }

  /**
   * Where all records end, also those of open transactions. A committed record may lie behind an
   * open transaction of another producer: who must not miss it reads up to here.
   */
  Map<Integer, Long> ends(String topic) {
    return list(topic, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
  }

  /** Where the records begin that were appended at an instant or later; the end where none was. */
  Map<Integer, Long> before(String topic, long instant) {
    Map<Integer, Long> ends = ends(topic);
    Map<Integer, Long> offsets =
        list(topic, OffsetSpec.forTimestamp(instant), IsolationLevel.READ_UNCOMMITTED);
    offsets.replaceAll((partition, offset) -> offset < 0 ? ends.get(partition) : offset);
    return offsets;
  }

  /** What tells a topic from another that has or had its name. */
  String topicId(String topic) {
    TopicDescription description =
        Answers.await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
    return Objects.requireNonNull(description, topic).topicId().toString();
  }

  private Map<Integer, Long> list(String topic, OffsetSpec spec, IsolationLevel isolation) {
    int partitions = partitions(topic);
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (int p = 0; p < partitions; p++) {
      wanted.put(new TopicPartition(topic, p), spec);
    }
    Map<TopicPartition, ListOffsetsResultInfo> found =
        Answers.await(admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all());
    Map<Integer, Long> offsets = new TreeMap<>();
    found.forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
    return offsets;
  }

  private int partitions(String topic) {
    TopicDescription description =
        Answers.await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
    return Objects.requireNonNull(description, topic).partitions().size();
  }

  /** Whether a topic is there. */
  boolean exists(String topic) {
    return Answers.await(admin.listTopics(new ListTopicsOptions().listInternal(true)).names())
        .contains(topic);
  }

  /** Next offset that a consumer group reads of a topic; without partitions it never committed. */
  Map<Integer, Long> committed(String group, String topic) {
    Map<TopicPartition, OffsetAndMetadata> all =
        Answers.await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<Integer, Long> offsets = new TreeMap<>();
    all.forEach(
        (partition, offset) -> {
          if (partition.topic().equals(topic) && offset != null) {
            offsets.put(partition.partition(), offset.offset());
          }
        });
    return offsets;
  }
}
