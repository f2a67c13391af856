package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.fault.FailPoint.Where;
import dev.tandem.localkafka.chaos.FailPoints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Broker, app, replays and backfills as processes. Each round has all three at work at once: the
 * replay brings the events that the last backfill has claimed and half of the new slice of the
 * history, the backfill has all slices so far.
 */
final class CrashSystem implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Rows of two months in a slice: one of so many. */
  private static final int SLICES = 80;

  private static final List<String> MONTHS = List.of("2017_07", "2017_08");

  private final Path folder;
  private final FailPoints points;
  private final BrokerProcess broker;
  private final Commands commands;
  private final StreamsInstance app;
  private final List<Path> slices = new ArrayList<>();

  CrashSystem(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    points = FailPoints.in(folder.resolve("points"));
    broker = BrokerProcess.alone(folder.resolve("kafka"));
    commands =
        Commands.biketown(
            broker.bootstrap(),
            "ack.timeout=240s",
            "connect.timeout=120s",
            "decisions.learn=false");
    app = StreamsInstance.launch(commands, folder.resolve("app"));
    app.awaitReady();
    slices.add(slice(0, 1));
  }

  private Path slice(int number, int halves) throws IOException {
    String name = "%s-%d.csv".formatted(halves == 1 ? "slice" : "half", number);
    String month = MONTHS.get(number % MONTHS.size());
    return SampleFiles.write(
        folder, name, month, i -> i % (SLICES * halves) == number && number < SLICES);
  }

  /** Plays a crash, lets everything come to its end, and checks that nothing is lost or twice. */
  void play(Crash crash) throws Exception {
    int number = slices.size();
    Path half = slice(number, 2);
    Path before = slices.get(number - 1);
    slices.add(slice(number, 1));
    long pid = broker.process().pid();
    if (crash.passes(Where.APP)) {
      app.process().kill();
      app.launch(crash.environment(Where.APP, points, pid));
    }
    String[] replay = {"--rate", "400", before.toString(), half.toString()};
    String[] backfill = backfill();
    try (TandemProcess replaying =
            commands.start(crash.environment(Where.REPLAY, points, pid), "replay", replay);
        TandemProcess filling =
            commands.start(crash.environment(Where.BACKFILL, points, pid), "backfill", backfill)) {
      TandemProcess passing =
          crash.passes(Where.APP)
              ? app.process()
              : crash.passes(Where.REPLAY) ? replaying : filling;
      boolean struck = awaitTrace(crash, passing, replaying, filling);
      assertThat(struck || crash.isRare()).as("%s\n%s", crash, passing.output()).isTrue();
      recover(crash, struck);
      finish(replaying, "replay", with(replay, "--resume"));
      finish(filling, "backfill", backfill);
    }
    app.awaitReady();
    Exact.assertLedger(broker.bootstrap(), app);
    await().atMost(LONG).untilAsserted(() -> Exact.assertServed(broker.bootstrap(), slices));
  }

  private String[] backfill() {
    List<String> arguments = new ArrayList<>(List.of("--max-change", "100%", "--files"));
    slices.forEach(slice -> arguments.add(slice.toString()));
    return arguments.toArray(String[]::new);
  }

  private static String[] with(String[] arguments, String one) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(one);
    return all.toArray(String[]::new);
  }

  /** Whether it was reached before everything had come to its end. */
  private static boolean awaitTrace(
      Crash crash, TandemProcess passing, TandemProcess replay, TandemProcess backfill)
      throws InterruptedException {
    Pattern trace = Pattern.compile(crash.trace());
    await()
        .atMost(LONG)
        .until(
            () ->
                trace.matcher(passing.output()).find() || !replay.isAlive() && !backfill.isAlive());
    if (!passing.isAlive()) {
      passing.join(LONG);
    }
    return trace.matcher(passing.output()).find();
  }

  private void recover(Crash crash, boolean struck) throws InterruptedException {
    if (struck && crash.broker()) {
      broker.process().join(LONG);
      broker.launch();
      broker.awaitReady();
    } else if (struck && crash.passes(Where.APP)) {
      app.process().join(LONG);
      app.launch();
    }
  }

  /** It ends well, or was killed or lost its broker and does so when it is run again. */
  private void finish(TandemProcess process, String command, String... again)
      throws InterruptedException {
    if (process.join(LONG) != 0) {
      commands.run(0, command, again);
    }
  }

  /** Compares every row as {@code verify} does. */
  void verify() throws Exception {
    Exact.assertRows(commands, broker.bootstrap(), slices);
  }

  @Override
  public void close() throws InterruptedException {
    app.process().kill();
    broker.close();
  }
}
