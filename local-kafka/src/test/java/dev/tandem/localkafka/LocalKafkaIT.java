package dev.tandem.localkafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalKafkaIT {

  @TempDir Path dir;

  @Test
  void shouldKeepRecordsAndClusterIdWhenItIsStartedAgain() {
    String clusterId;
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(dir))) {
      TestClient client = new TestClient(kafka.bootstrap());
      client.createTopic("letters", 2);
      client.send("letters", "a", "b");
      assertThat(client.readAll("letters")).containsExactlyInAnyOrder("a", "b");
      clusterId = client.clusterId();
    }
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(dir))) {
      TestClient client = new TestClient(kafka.bootstrap());
      client.sendInTransaction("letters", "c");
      await()
          .untilAsserted(
              () -> assertThat(client.readAll("letters")).containsExactlyInAnyOrder("a", "b", "c"));
      assertThat(client.clusterId()).isEqualTo(clusterId);
    }
  }

  @Test
  void shouldTakeRecordsOfThreeMegabytes() {
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(dir))) {
      TestClient client = new TestClient(kafka.bootstrap());
      client.createTopic("large", 1);
      String large = "x".repeat(3 << 20);
      client.send("large", large);
      assertThat(client.readAll("large")).containsExactly(large);
    }
  }

  @Test
  void shouldLetAnExtraPropertyWinOverOurs() {
    Map<String, String> extra = Map.of("auto.create.topics.enable", "true");
    try (LocalKafka kafka = LocalKafka.start(new LocalKafka.Config(0, dir, extra))) {
      TestClient client = new TestClient(kafka.bootstrap());
      client.send("made-by-sending", "a");
      assertThat(client.readAll("made-by-sending")).containsExactly("a");
    }
  }

  @Test
  void shouldNamePortAndRemedyWhenThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LocalKafka.Config config = new LocalKafka.Config(taken.getLocalPort(), dir, Map.of());
      assertFailed(config, "Port " + taken.getLocalPort() + " of 127.0.0.1", "--port");
    }
    assertThat(dir).as("nothing was begun").isEmptyDirectory();
  }

  @Test
  void shouldRefuseAFolderThatAnotherBrokerUses() {
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(dir))) {
      assertFailed(LocalKafka.Config.in(dir), "Another broker is using the folder " + dir);
      assertThat(new TestClient(kafka.bootstrap()).clusterId()).isNotEmpty();
    }
  }

  @Test
  void shouldLeaveAFolderAloneThatHoldsOtherFiles() throws IOException {
    Files.writeString(dir.resolve("thesis.txt"), "words", UTF_8);
    assertFailed(LocalKafka.Config.in(dir), "holds thesis.txt");
    assertThat(dir).isDirectoryNotContaining("glob:**meta.properties");
  }

  @Test
  void shouldFreeFolderWhenKafkaRefusesToStart() {
    Map<String, String> wrong = Map.of("num.io.threads", "none");
    assertFailed(new LocalKafka.Config(0, dir, wrong), "cannot start", "num.io.threads");
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(dir))) {
      assertThat(kafka.port()).isPositive();
    }
  }

  @Test
  void shouldDoNothingWhenClosedTwice() {
    LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(dir));
    kafka.close();
    kafka.close();
    assertThat(kafka.bootstrap()).startsWith("127.0.0.1:");
  }

  private static void assertFailed(LocalKafka.Config config, String... parts) {
    assertThatThrownBy(() -> LocalKafka.start(config).close())
        .isInstanceOf(TandemException.class)
        .hasMessageContainingAll(parts);
  }
}
