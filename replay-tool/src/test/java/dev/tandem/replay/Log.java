package dev.tandem.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.kafka.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What is committed in topics. */
record Log(String bootstrap) {
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", bootstrap))) {
      reader.readAll(topic, records::add);
    }
    return records;
  }

  List<String> keys(String topic) {
    return records(topic).stream().map(r -> new String(r.key(), UTF_8)).toList();
  }

  /**
   * A commit returns a moment before its records can be read: waits, not long, until no transaction
   * is open.
   */
  void awaitCommits(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      if (!admin.listTopics().names().get().contains(topic)) {
        return;
      }
      int partitions =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
      for (int p = 0; p < partitions; p++) {
        TopicPartition partition = new TopicPartition(topic, p);
        for (int i = 0;
            i < 100 && end(admin, partition, true) < end(admin, partition, false);
            i++) {
          Thread.sleep(50);
        }
      }
    }
  }

  private static long end(Admin admin, TopicPartition partition, boolean committed)
      throws Exception {
    IsolationLevel level =
        committed ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(level))
        .partitionResult(partition)
        .get()
        .offset();
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
