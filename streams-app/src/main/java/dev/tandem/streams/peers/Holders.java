package dev.tandem.streams.peers;

import dev.tandem.streams.topology.StateStores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Which instances hold a partition of the rows, as this one knows.
 *
 * @param active the one that works on it; empty while that is not known
 * @param standbys those with a copy
 */
record Holders(Optional<HostInfo> active, List<HostInfo> standbys) {
  static final Holders NONE = new Holders(Optional.empty(), List.of());

  Holders {
    standbys = List.copyOf(standbys);
  }

  /**
   * By partition, as of the last rebalance.
   *
   * @param topic a topic whose partitions are those of the rows
   */
  static Map<Integer, Holders> of(KafkaStreams streams, String topic) {
    Map<Integer, HostInfo> active = new HashMap<>();
    Map<Integer, List<HostInfo>> standbys = new HashMap<>();
    for (StreamsMetadata instance : instances(streams)) {
      for (TopicPartition p : instance.topicPartitions()) {
        if (p.topic().equals(topic)) {
          active.put(p.partition(), instance.hostInfo());
        }
      }
      for (TopicPartition p : instance.standbyTopicPartitions()) {
        if (p.topic().equals(topic)) {
          standbys.computeIfAbsent(p.partition(), n -> new ArrayList<>()).add(instance.hostInfo());
        }
      }
    }
    Map<Integer, Holders> holders = new HashMap<>();
    active.forEach((p, host) -> holders.put(p, new Holders(Optional.of(host), List.of())));
    standbys.forEach(
        (p, hosts) -> holders.put(p, new Holders(Optional.ofNullable(active.get(p)), hosts)));
    return holders;
  }

  private static List<StreamsMetadata> instances(KafkaStreams streams) {
    try {
      return List.copyOf(streams.streamsMetadataForStore(StateStores.ROWS));
    } catch (StreamsNotStartedException | IllegalStateException notRunning) {
      return List.of();
    }
  }
}
