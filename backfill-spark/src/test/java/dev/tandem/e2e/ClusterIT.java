package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers, three copies of which two must have a record; any one of them may die. */
class ClusterIT {
  private static final Duration LONG = Duration.ofMinutes(5);

  private static final long SOME_EVENTS = 200;

  @TempDir Path folder;

  @Test
  void shouldLoseNothingWhenABrokerIsKilledAndComesBackUnderLoad() throws Exception {
    List<Path> files =
        List.of(
            SampleFiles.write(folder, "1.csv", "2017_07", i -> i % 16 == 0),
            SampleFiles.write(folder, "2.csv", "2017_07", i -> i % 16 == 1));
    List<BrokerProcess> brokers = BrokerProcess.cluster(3, folder.resolve("kafka"));
    String bootstrap =
        brokers.stream().map(BrokerProcess::bootstrap).collect(Collectors.joining(","));
    Commands commands =
        Commands.biketown(
            bootstrap, "topics.replication=3", "ack.timeout=240s", "connect.timeout=120s");
    try (StreamsInstance app = StreamsInstance.launch(commands, folder.resolve("app"))) {
      app.awaitReady();
      // One after the other, so that the second leads what the first has left.
      for (int i = 0; i < files.size(); i++) {
        dieUnderLoad(brokers.get(i), app, commands, files.get(i));
      }
      Exact.assertLedger(bootstrap, app);
      Exact.assertRows(commands, bootstrap, files);
    } finally {
      for (BrokerProcess broker : brokers) {
        broker.close();
      }
    }
  }

  /** The load ends after the broker is back, or before: there is enough of it while it is away. */
  private static void dieUnderLoad(
      BrokerProcess broker, StreamsInstance app, Commands commands, Path load) throws Exception {
    long before = app.read();
    try (TandemProcess replay = commands.start("replay", "--rate", "150", load.toString())) {
      awaitEvents(app, before + SOME_EVENTS);
      broker.process().kill();
      awaitEvents(app, app.read() + SOME_EVENTS);
      broker.launch();
      broker.awaitReady();
      assertThat(replay.join(LONG)).as(replay.output()).isZero();
    }
  }

  private static void awaitEvents(StreamsInstance app, long count) {
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(app.read()).isGreaterThan(count));
  }
}
