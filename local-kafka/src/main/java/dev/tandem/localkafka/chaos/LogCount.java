package dev.tandem.localkafka.chaos;

import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** How many events the log has, counted record by record. */
final class LogCount {
  private final String topic;
  private final Map<TopicPartition, Long> countedTo = new HashMap<>();
  private long events;

  LogCount(Topics topics) {
    this.topic = topics.events();
  }

  /** Committed events now, barriers left out; counts on from where it stopped before. */
  long events(TopicReader reader) {
    for (TopicPartition partition : reader.partitions(topic)) {
      long end = reader.end(partition);
      reader.read(partition, countedTo.getOrDefault(partition, 0L), end, this::count);
      countedTo.put(partition, end);
    }
    return events;
  }

  private void count(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null || record.headers().lastHeader(Topics.BARRIER_HEADER) == null) {
      events++;
    }
  }
}
