package dev.tandem.bench.stream;

import dev.tandem.bench.Bench;
import dev.tandem.bench.result.Run;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every engine in turn, as often as there are runs. */
public final class StreamBench {
  private final Bench bench;

  public StreamBench(Bench bench) {
    this.bench = bench;
  }

  /**
   * Measures; each run is in the results as soon as it is over.
   *
   * @throws TandemException when an engine ends early, takes too long or publishes other rows
   */
  public void run() throws InterruptedException {
    Work work = Work.of(bench);
    List<StreamEngine> engines =
        new StreamEngines(bench, work)
            .all().stream().filter(engine -> bench.wants(engine.name())).toList();
    try (Ground ground = Ground.prepare(bench, work)) {
      for (int run = 1; run <= bench.runs(); run++) {
        for (StreamEngine engine : engines) {
          Map<String, Double> figures = new CatchUp(ground, engine).measure();
          bench.say(
              String.format(
                  Locale.ROOT,
                  "run %d of %d, %s: %,.0f events/s, %s",
                  run,
                  bench.runs(),
                  engine.name(),
                  figures.get("events_per_s"),
                  figures));
          bench
              .log()
              .add(
                  new Run(
                      "stream",
                      engine.name(),
                      work.name(),
                      Instant.now(),
                      bench.command("stream"),
                      bench.machine(),
                      figures));
        }
      }
    }
  }
}
