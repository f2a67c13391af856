package dev.tandem.bench.restore;

import dev.tandem.bench.Bench;
import dev.tandem.bench.app.AppRows;
import dev.tandem.bench.app.TandemApp;
import dev.tandem.bench.engine.EngineProcess;
import dev.tandem.bench.engine.JavaProgram;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Each engine catches up once a run, has the right rows, and is then stopped in good order and
 * started again, killed and started again, and started without its local files.
 */
public final class RestoreBench {
  private static final String WORKLOAD = "restore";

  private final Bench bench;
  private final Work work;
  private final Topics topics;

  public RestoreBench(Bench bench) throws InterruptedException {
    this.bench = bench;
    this.work = Work.of(bench);
    this.topics = Topics.of(work.pipeline());
  }

  /** Gives the command of an engine that keeps its state in a folder. */
  @FunctionalInterface
  private interface Starter {
    List<String> command(Ground ground, Path folder);
  }

  /**
   * @param output the topic of its rows
   * @param madeHere that topic, where the engine does not make it
   */
  private record Engine(String name, String output, Optional<String> madeHere, Starter starter) {}

  /**
   * Measures; each run is in the results as soon as it is over.
   *
   * @throws TandemException when an engine ends early, or has other rows before it is stopped
   */
  public void run() throws InterruptedException {
    List<Engine> engines =
        List.of(
            new Engine("tandem", topics.aggregates(), Optional.empty(), this::tandem),
            new Engine("kafka-streams", "rows", Optional.of("rows"), this::dsl));
    try (Ground ground = Ground.empty(bench, work)) {
      for (int run = 1; run <= bench.runs(); run++) {
        bench.say("run %d of %d".formatted(run, bench.runs()));
        for (Engine engine : engines) {
          if (bench.wants(engine.name())) {
            bench.keep(WORKLOAD, engine.name(), work.name(), measure(ground, engine));
          }
        }
      }
    }
  }

  private List<String> tandem(Ground ground, Path folder) {
    return TandemApp.tandem(bench, ground, "up", "--port", "0", "--set", "state.dir=" + folder);
  }

  private List<String> dsl(Ground ground, Path folder) {
    return new JavaProgram(
            bench.home(),
            "bench/dsl-peer",
            "dev.tandem.bench.dsl.Main",
            List.of("-Xmx1g", "-XX:+UseParallelGC"))
        .command(List.of(ground.bootstrap(), topics.events(), "rows", folder.toString(), "1000"));
  }

  private Map<String, Double> measure(Ground ground, Engine engine) throws InterruptedException {
    ground.clear(engine.madeHere());
    new TopicAdmin(ground.admin(), topics).create(Ground.PARTITIONS);
    ground.publishEvents();
    Path folder = folder(engine.name());
    try {
      Map<String, Double> figures = new HashMap<>();
      figures.put("rows", (double) ground.rows().expected());
      try (EngineProcess process = start(ground, engine, folder)) {
        AppRows.await(ground, engine.output(), process::checkAlive);
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
      Ground ground, Engine engine, Path folder, String name, Map<String, Double> figures)
      throws InterruptedException {
    try (Probe probe = Probe.send(ground.bootstrap(), topics.events(), engine.output())) {
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

  private EngineProcess start(Ground ground, Engine engine, Path folder) {
    Path log = work.folder().resolve(engine.name() + "-restore.log");
    return EngineProcess.start(engine.starter().command(ground, folder), log, line -> {});
  }

  private Path folder(String name) {
    try {
      return Files.createTempDirectory(work.folder(), name);
    } catch (IOException e) {
      throw TandemException.failed("cannot make a folder for " + name + ": " + e, e);
    }
  }
}
