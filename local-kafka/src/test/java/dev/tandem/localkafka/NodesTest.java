package dev.tandem.localkafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import org.junit.jupiter.api.Test;

class NodesTest {

  @Test
  void shouldReadPortsOfEveryNode() {
    Nodes nodes = Nodes.parse("9092/19092, 9093/19093,9094/19094");
    assertThat(nodes.count()).isEqualTo(3);
    assertThat(nodes.node(2)).isEqualTo(new Nodes.Node(9093, 19_093));
    assertThat(nodes.voters()).isEqualTo("1@127.0.0.1:19092,2@127.0.0.1:19093,3@127.0.0.1:19094");
    assertThat(nodes.bootstrap()).isEqualTo("127.0.0.1:9092,127.0.0.1:9093,127.0.0.1:9094");
  }

  @Test
  void shouldGiveEveryNodeTheSameClusterIdAndEachNodeAloneItsOwn() {
    String text = "9092/19092,9093/19093,9094/19094";
    assertThat(Nodes.parse(text).clusterId()).isEqualTo(Nodes.parse(text).clusterId());
    assertThat(Nodes.one(9092, 19_092).clusterId())
        .isNotEqualTo(Nodes.one(9092, 19_092).clusterId());
  }

  @Test
  void shouldSayWhatIsWrong() {
    assertRefused("", "'' is not PORT/CONTROLLERPORT");
    assertRefused("9092", "'9092' is not PORT/CONTROLLERPORT");
    assertRefused("9092/19092,", "'' is not PORT/CONTROLLERPORT");
    assertRefused("9092/70000", "70000 is no port");
    assertRefused("0/19092", "0 is no port");
    assertRefused("9092/19092,9093/9092", "port 9092 is there twice");
  }

  private static void assertRefused(String text, String part) {
    assertThatThrownBy(() -> Nodes.parse(text))
        .isInstanceOf(TandemException.class)
        .hasMessageContainingAll("--cluster " + text, part);
  }
}
