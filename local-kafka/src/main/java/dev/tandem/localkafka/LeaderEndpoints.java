package dev.tandem.localkafka;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.server.common.KRaftVersion;

/**
 * Kafka's metadata, which tells a partition whose leader is away from one that is not there. Kafka
 * 4.3 answers nothing for both; its transaction coordinator takes that for a deleted partition,
 * skips the marker that ends a transaction there, and counts the transaction as ended. A broker
 * that was killed has no leaders for some seconds after it is back. To go when Kafka has
 * KAFKA-20734.
 */
final class LeaderEndpoints extends KRaftMetadataCache {

  LeaderEndpoints(int node, Supplier<KRaftVersion> version) {
    super(node, version);
  }

  /**
   * The leader; {@link Node#noNode()} while there is none; empty when there is no such partition.
   */
  @Override
  public Optional<Node> getPartitionLeaderEndpoint(
      String topic, int partition, ListenerName listener) {
    return super.getPartitionLeaderEndpoint(topic, partition, listener)
        .or(() -> getLeaderAndIsr(topic, partition).map(known -> Node.noNode()));
  }
}
