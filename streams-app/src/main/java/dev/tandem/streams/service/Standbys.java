package dev.tandem.streams.service;

import dev.tandem.streams.topology.StateStores;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;

/**
 * Which partitions of the rows this process has a copy of that was at the end of the changelog once
 * since it began. Before that it may lack rows whose older entries were compacted away.
 * Thread-safe.
 */
final class Standbys {
  /** A transaction's marker and what is between two looks. */
  private static final long NEAR = 2;

  private final KafkaStreams streams;
  private final String topic;
  private volatile Set<Integer> caughtUp = Set.of();

  /**
   * @param topic a topic whose partitions are those of the rows
   */
  Standbys(KafkaStreams streams, String topic) {
    this.streams = streams;
    this.topic = topic;
  }

  boolean caughtUp(int partition) {
    return caughtUp.contains(partition);
  }

  /** Looks again, which asks Kafka for the ends of the changelogs. */
  void look() {
    Set<Integer> here =
        streams.metadataForLocalThreads().stream()
            .flatMap(thread -> thread.standbyTasks().stream())
            .flatMap(task -> task.topicPartitions().stream())
            .filter(p -> p.topic().equals(topic))
            .map(p -> p.partition())
            .collect(Collectors.toSet());
    Set<Integer> still = new HashSet<>(caughtUp);
    still.retainAll(here);
    if (still.size() < here.size()) {
      Map<Integer, LagInfo> lags =
          streams.allLocalStorePartitionLags().getOrDefault(StateStores.ROWS, Map.of());
      here.stream()
          .filter(p -> lags.containsKey(p) && lags.get(p).offsetLag() <= NEAR)
          .forEach(still::add);
    }
    caughtUp = Set.copyOf(still);
  }
}
