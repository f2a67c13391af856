package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.localkafka.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several instances of the streams app that come and go while events do. */
class RebalanceIT {
  private static final Duration LONG = Duration.ofMinutes(4);

  @TempDir Path folder;

  @Test
  void shouldBeExactWhenInstancesAreAddedStoppedAndKilledUnderLoad() throws Exception {
    List<Path> files =
        List.of(
            SampleFiles.write(folder, "07.csv", "2017_07", i -> i % 4 == 0),
            SampleFiles.write(folder, "08.csv", "2017_08", i -> i % 4 == 0));
    String[] names = files.stream().map(Path::toString).toArray(String[]::new);
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(folder.resolve("kafka")))) {
      // Missed sooner than by default, so that the test does not wait for it.
      Commands commands =
          Commands.biketown(
              kafka.bootstrap(),
              "ack.timeout=240s",
              "streams.consumer.session.timeout.ms=10000",
              "streams.consumer.heartbeat.interval.ms=2000");
      try (StreamsInstance first = launch(commands, "first");
          StreamsInstance second = launch(commands, "second")) {
        first.awaitReady();
        second.awaitReady();
        try (TandemProcess replay = commands.start("replay", "--rate", "700", names[0], names[1])) {
          awaitShares(first, second);
          try (StreamsInstance third = launch(commands, "third").awaitReady()) {
            awaitShares(first, second, third);
            second.process().stop();
            awaitShares(first, third);
            TandemProcess backfill =
                commands.start("backfill", "--max-change", "100%", "--files", names[0], names[1]);
            try (backfill) {
              backfill.await("Run 1 of", LONG);
              first.process().kill();
              awaitShares(third);
              second.launch();
              first.launch();
              second.awaitReady();
              first.awaitReady();
              assertThat(backfill.join(LONG)).as(backfill.output()).isZero();
            }
            awaitShares(first, second, third);
            assertThat(replay.join(LONG)).as(replay.output()).isZero();
            Exact.assertLedger(kafka.bootstrap(), first, second, third);
            Exact.assertRows(commands, kafka.bootstrap(), files);
          }
        }
      }
    }
  }

  private StreamsInstance launch(Commands commands, String name) {
    return StreamsInstance.launch(commands, folder.resolve(name));
  }

  /** Waits until these, and nobody else, work on all partitions, and go on. */
  private static void awaitShares(StreamsInstance... instances) {
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              int all = 0;
              for (StreamsInstance instance : instances) {
                assertThat(instance.partitions()).isPositive();
                all += instance.partitions();
              }
              assertThat(all).isEqualTo(4);
            });
  }
}
