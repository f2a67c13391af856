package dev.tandem.localkafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.cli.Cli;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, so that it can be killed. */
@Timeout(120)
class KafkaCommandIT {

  private static final Pattern LISTENS =
      Pattern.compile("Kafka listens on (\\S+), data in (.+)\\. Ctrl-C stops it\\.");

  @TempDir Path dir;
  private Process broker;
  private String bootstrap;

  @AfterEach
  void killBroker() throws InterruptedException {
    if (broker != null) {
      broker.destroyForcibly().waitFor();
    }
  }

  @Test
  void shouldRecoverItsFolderWhenItWasKilled() throws Exception {
    TestClient before = new TestClient(startBroker());
    before.createTopic("letters", 1);
    before.send("letters", "a", "b");
    String clusterId = before.clusterId();
    broker.destroyForcibly().waitFor();

    TestClient after = new TestClient(startBroker());
    assertThat(after.readAll("letters")).containsExactly("a", "b");
    after.send("letters", "c");
    assertThat(after.readAll("letters")).containsExactly("a", "b", "c");
    assertThat(after.clusterId()).isEqualTo(clusterId);
  }

  /** The markers that end the transaction are written by the next life of the broker. */
  @Test
  void shouldKeepWhatWasCommittedRightBeforeItWasKilled() throws Exception {
    int partitions = 20;
    new TestClient(startBroker()).createTopic("letters", partitions);
    List<String> sent = new ArrayList<>();
    for (String letter : List.of("a", "b", "c")) {
      new TestClient(bootstrap)
          .sendInTransaction("letters", partitions, letter, broker::destroyForcibly);
      broker.waitFor();
      sent.addAll(Collections.nCopies(partitions, letter));
      TestClient after = new TestClient(startBroker());
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(after.readAll("letters")).containsExactlyInAnyOrderElementsOf(sent));
    }
  }

  @Test
  void shouldEndWithZeroWithinTenSecondsWhenItIsAskedToStop() throws Exception {
    startBroker();
    broker.destroy();
    assertThat(broker.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(broker.exitValue()).isZero();
  }

  @Test
  void shouldRefuseTheFolderOfAnotherProcess() throws Exception {
    startBroker();
    assertThat(runHere("--port", "0", "--dir", dir.toString()))
        .isEqualTo(
            "tandem: Another broker is using the folder %s: stop it, or give another folder"
                .formatted(dir));
  }

  @Test
  void shouldFailInOneLineWhenThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(runHere("--port", port, "--dir", dir.toString()))
          .startsWith("tandem: Port " + port + " of 127.0.0.1 is already in use")
          .doesNotContain("\n");
    }
  }

  @Test
  void shouldSayWhatIsMissingOfANodeOfACluster() {
    String nodes = "9092/19092,9093/19093";
    assertThat(runHere(2, "--node", "1")).contains("--node 1: of which cluster?");
    assertThat(runHere(2, "--cluster", nodes)).contains("say with --node which", "from 1 to 2");
    assertThat(runHere(2, "--cluster", nodes, "--node", "3")).contains("from 1 to 2");
    assertThat(runHere(2, "--cluster", nodes, "--node", "1", "--port", "9"))
        .contains("--port 9: --cluster names the ports");
  }

  /** Starts it on a free port and returns where it says that it listens. */
  private String startBroker() throws IOException {
    broker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dtandem.home=" + System.getProperty("tandem.home"),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "kafka",
                "--port",
                "0",
                "--dir",
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(broker.getInputStream(), UTF_8));
    String line = output.readLine();
    assertThat(line).matches(LISTENS);
    Matcher matcher = LISTENS.matcher(line);
    assertThat(matcher.matches()).isTrue();
    assertThat(matcher.group(2)).isEqualTo(dir.toString());
    bootstrap = matcher.group(1);
    return bootstrap;
  }

  /** What the command says on standard error when it fails with 1. */
  private static String runHere(String... options) {
    return runHere(1, options);
  }

  private static String runHere(int expectedStatus, String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "kafka";
    System.arraycopy(options, 0, args, 1, options.length);
    StringWriter err = new StringWriter();
    int status =
        Cli.run(new Main(), new PrintWriter(new StringWriter()), new PrintWriter(err), args);
    assertThat(status).isEqualTo(expectedStatus);
    return err.toString().strip();
  }
}
