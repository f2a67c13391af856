package dev.tandem.localkafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.MetadataProvenance;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.server.common.KRaftVersion;
import org.junit.jupiter.api.Test;

class LeaderEndpointsTest {
  private static final ListenerName LISTENER = new ListenerName("CLIENTS");

  @Test
  void shouldTellAPartitionWithoutALeaderFromNone() {
    LeaderEndpoints endpoints = new LeaderEndpoints(1, () -> KRaftVersion.KRAFT_VERSION_0);
    endpoints.setImage(leaderless());
    assertThat(endpoints.getPartitionLeaderEndpoint("letters", 0, LISTENER))
        .contains(Node.noNode());
    assertThat(endpoints.getPartitionLeaderEndpoint("letters", 1, LISTENER)).isEmpty();
    assertThat(endpoints.getPartitionLeaderEndpoint("numbers", 0, LISTENER)).isEmpty();
  }

  /** When Kafka can do it, {@link LeaderEndpoints} and {@link KafkaNode} are to go. */
  @Test
  void shouldBeNeededForThisKafka() {
    KRaftMetadataCache kafkas = new KRaftMetadataCache(1, () -> KRaftVersion.KRAFT_VERSION_0);
    kafkas.setImage(leaderless());
    assertThat(kafkas.getPartitionLeaderEndpoint("letters", 0, LISTENER)).isEmpty();
  }

  private static MetadataImage leaderless() {
    Uuid topic = Uuid.randomUuid();
    MetadataDelta delta = new MetadataDelta.Builder().setImage(MetadataImage.EMPTY).build();
    delta.replay(new TopicRecord().setName("letters").setTopicId(topic));
    delta.replay(new PartitionRecord().setTopicId(topic).setPartitionId(0).setLeader(-1));
    return delta.apply(MetadataProvenance.EMPTY);
  }
}
