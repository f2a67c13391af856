package dev.tandem.bench.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.bench.Bench;
import dev.tandem.bench.app.TandemApp;
import dev.tandem.bench.engine.MarkedRun;
import dev.tandem.bench.result.Run;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.SettledRows;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code tandem backfill} with the app running: first into an empty system, where every row is new
 * and published, then once more, where every row is compared and none has to be.
 */
final class TandemBackfill {
  static final String NAME = "tandem";
  private static final String AGAIN = "tandem-again";
  private static final String BEGAN = "  ready (";
  private static final String DONE = "is committed (";

  private final Bench bench;
  private final Ground ground;
  private final Topics topics;

  TandemBackfill(Bench bench, Ground ground) {
    this.bench = bench;
    this.ground = ground;
    this.topics = Topics.of(ground.work().pipeline());
  }

  void measure() throws InterruptedException {
    ground.clearForTandem();
    Path folder = ground.work().temporary(NAME);
    try (TandemApp app = TandemApp.start(bench, ground, folder)) {
      app.await();
      Map<String, Double> first = backfill(folder.resolve("report.json"));
      long committed = System.nanoTime();
      long served = SettledRows.await(ground, topics.aggregates(), app::checkAlive).nanos();
      first.put("served_s", Math.max(0, served - committed) / 1e9);
      bench.keep(BackfillBench.WORKLOAD, NAME, ground.work().name(), first);
      Map<String, Double> again = backfill(folder.resolve("again.json"));
      SettledRows.await(ground, topics.aggregates(), app::checkAlive);
      bench.keep(BackfillBench.WORKLOAD, AGAIN, ground.work().name(), again);
    } finally {
      Folders.delete(folder);
    }
  }

  private Map<String, Double> backfill(Path report) throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("--report", report.toString(), "--files"));
    ground.work().files().forEach(file -> arguments.add(file.toString()));
    List<String> command =
        Work.tandem(bench.home(), ground.bootstrap(), "backfill", arguments.toArray(String[]::new));
    Path log = ground.work().folder().resolve("tandem-backfill.log");
    Map<String, Double> figures = new MarkedRun(command, log, BEGAN, DONE).measure(ground.events());
    JsonNode json = read(report);
    figures.put("published", json.path("published").asDouble());
    json.path("seconds")
        .properties()
        .forEach(
            phase ->
                figures.put(
                    Run.PHASE + phase.getKey().replace(' ', '_') + "_s",
                    phase.getValue().asDouble()));
    return figures;
  }

  private static JsonNode read(Path report) {
    try {
      return JsonMapper.builder().build().readTree(report.toFile());
    } catch (IOException e) {
      throw TandemException.failed("the backfill's report cannot be read: " + e.getMessage(), e);
    }
  }
}
