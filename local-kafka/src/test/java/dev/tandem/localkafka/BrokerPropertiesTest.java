package dev.tandem.localkafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kafka makes of our properties. */
class BrokerPropertiesTest {
  private static final Nodes THREE = Nodes.parse("9092/19092,9093/19093,9094/19094");

  @TempDir Path dir;

  @Test
  void shouldKeepThreeCopiesOfEverythingWhereTwoBrokersHaveToBeThere() {
    KafkaConfig node = config(THREE, 2, Map.of());
    assertThat(node.nodeId()).isEqualTo(2);
    assertThat(node.getList("controller.quorum.voters"))
        .containsExactly("1@127.0.0.1:19092", "2@127.0.0.1:19093", "3@127.0.0.1:19094");
    assertThat(node.getInt("default.replication.factor")).isEqualTo(3);
    assertThat(node.getInt("min.insync.replicas")).isEqualTo(2);
    assertThat(node.getShort("offsets.topic.replication.factor")).isEqualTo((short) 3);
    assertThat(node.getShort("transaction.state.log.replication.factor")).isEqualTo((short) 3);
    assertThat(node.getInt("transaction.state.log.min.isr")).isEqualTo(2);
  }

  @Test
  void shouldNeedNobodyElseWhenItIsAlone() {
    KafkaConfig node = config(Nodes.one(9092, 19_092), 1, Map.of());
    assertThat(node.getInt("default.replication.factor")).isEqualTo(1);
    assertThat(node.getInt("min.insync.replicas")).isEqualTo(1);
  }

  @Test
  void shouldLetExtraPropertiesWin() {
    KafkaConfig node = config(THREE, 1, Map.of("min.insync.replicas", "3"));
    assertThat(node.getInt("min.insync.replicas")).isEqualTo(3);
  }

  private KafkaConfig config(Nodes nodes, int id, Map<String, String> extra) {
    return new KafkaConfig(BrokerProperties.of(dir, nodes, id, extra), false);
  }
}
