package dev.tandem.bench.stream;

import dev.tandem.bench.Bench;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.Topics;
import java.util.HashMap;
import java.util.Map;

/** Tandem alone catching up on ever more events: what one costs, and how much memory it takes. */
public final class GrowthBench {
  private static final String WORKLOAD = "growth";
  private static final String ENGINE = "tandem";
  private static final int[] STEPS = {1, 2, 4, 8};

  private final Bench bench;

  /**
   * @param bench with the events of the first step; the others have twice, four and eight times as
   *     many
   */
  public GrowthBench(Bench bench) {
    this.bench = bench;
  }

  /**
   * Measures; each run is in the results as soon as it is over.
   *
   * @throws TandemException when Tandem ends early, takes too long or publishes other rows
   */
  public void run() throws InterruptedException {
    if (!bench.wants(ENGINE)) {
      return;
    }
    for (int run = 1; run <= bench.runs(); run++) {
      for (int step : STEPS) {
        bench.say("run %d of %d".formatted(run, bench.runs()));
        measure(Work.madeUp(bench, bench.events() * step));
      }
    }
  }

  private void measure(Work work) throws InterruptedException {
    StreamEngines engines = new StreamEngines(bench.home(), Topics.of(work.pipeline()));
    try (Ground ground = Ground.prepare(bench, work)) {
      Map<String, Double> figures =
          new HashMap<>(new CatchUp(ground, engines.tandem(ENGINE, Map.of())).measure());
      figures.put("rows", (double) ground.rows().expected());
      bench.keep(WORKLOAD, ENGINE, work.name(), figures);
    }
  }
}
