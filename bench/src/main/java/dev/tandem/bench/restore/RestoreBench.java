package dev.tandem.bench.restore;

import dev.tandem.bench.Bench;
import dev.tandem.bench.engine.EngineProcess;
import dev.tandem.bench.stream.StreamEngine;
import dev.tandem.bench.stream.StreamEngines;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.SettledRows;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Each engine catches up once a run, has the right rows, and is then stopped in good order and
 * started again, killed and started again, and started without its local files.
 */
public final class RestoreBench {
  private static final String WORKLOAD = "restore";
  private static final int COMMIT_MS = 1_000;

  private final Bench bench;
  private final Work work;
  private final Topics topics;

  public RestoreBench(Bench bench) throws InterruptedException {
    this.bench = bench;
    this.work = Work.of(bench);
    this.topics = Topics.of(work.pipeline());
  }

  /**
   * Measures; each run is in the results as soon as it is over.
   *
   * @throws TandemException when an engine ends early, or has other rows before it is stopped
   */
  public void run() throws InterruptedException, IOException {
    StreamEngines engines = new StreamEngines(bench.home(), topics);
    try (Ground ground = Ground.empty(bench, work)) {
      Map<String, Bench.Measurement> measurements = new LinkedHashMap<>();
      for (StreamEngine engine :
          List.of(engines.tandem("tandem", Map.of()), engines.kafkaStreams(COMMIT_MS))) {
        measurements.put(
            engine.name(),
            () -> bench.keep(WORKLOAD, engine.name(), work.name(), measure(ground, engine)));
      }
      bench.inTurn(measurements);
    }
  }

  private Map<String, Double> measure(Ground ground, StreamEngine engine)
      throws InterruptedException {
    ground.clear(engine.output().filter(topic -> !engine.isTandem()));
    new TopicAdmin(ground.admin(), topics).create(Ground.PARTITIONS);
    ground.publishEvents();
    Path folder = work.temporary(engine.name());
    try {
      Map<String, Double> figures = new HashMap<>();
      figures.put("rows", (double) ground.rows().expected());
      try (EngineProcess process = start(ground, engine, folder)) {
        SettledRows.await(ground, output(engine), process::checkAlive);
        long stop = System.nanoTime();
        process.close();
        figures.put("stop_s", (System.nanoTime() - stop) / 1e9);
      }
      try (EngineProcess process = back(ground, engine, folder, "restart_s", figures)) {
        process.kill();
      }
      back(ground, engine, folder, "killed_s", figures).close();
      Folders.delete(folder);
      back(ground, engine, folder, "lost_s", figures).close();
      return figures;
    } finally {
      Folders.delete(folder);
    }
  }

  /** Starts it and waits until it counts what is new; the time is kept under a name. */
  private EngineProcess back(
      Ground ground, StreamEngine engine, Path folder, String name, Map<String, Double> figures)
      throws InterruptedException {
    try (Probe probe = Probe.send(ground.bootstrap(), topics.events(), output(engine))) {
      long launched = System.nanoTime();
      EngineProcess process = start(ground, engine, folder);
      try {
        probe.await(process::checkAlive);
      } catch (RuntimeException e) {
        process.close();
        throw e;
      }
      figures.put(name, (System.nanoTime() - launched) / 1e9);
      return process;
    }
  }

  private static String output(StreamEngine engine) {
    return engine.output().orElseThrow();
  }

  private EngineProcess start(Ground ground, StreamEngine engine, Path folder) {
    Path log = work.folder().resolve(engine.name() + "-restore.log");
    return EngineProcess.start(
        engine.starter().command(ground.bootstrap(), folder), log, line -> {});
  }
}
