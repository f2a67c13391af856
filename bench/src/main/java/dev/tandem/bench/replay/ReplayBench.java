package dev.tandem.bench.replay;

import dev.tandem.bench.Bench;
import dev.tandem.bench.engine.Cost;
import dev.tandem.bench.engine.EngineProcess;
import dev.tandem.bench.engine.JavaProgram;
import dev.tandem.bench.engine.MarkedRun;
import dev.tandem.bench.engine.Marks;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.TopicWatch;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tandem's replay and the producer's limit in turn, as often as there are runs. */
public final class ReplayBench {
  private static final String WORKLOAD = "replay";
  private static final String TANDEM = "tandem";
  private static final String LIMIT = "limit";

  /** How the replay ends: its own clock runs from the first row to the last commit. */
  private static final Pattern DONE = Pattern.compile("^done: .* ([0-9.]+) s, [0-9,]+ events/s$");

  private final Bench bench;
  private final Work work;
  private final Topics topics;

  public ReplayBench(Bench bench) throws InterruptedException {
    this.bench = bench;
    this.work = Work.of(bench);
    this.topics = Topics.of(work.pipeline());
  }

  /**
   * Measures; each run is in the results as soon as it is over.
   *
   * @throws TandemException when an engine fails, or not every event is in the topic once
   */
  public void run() throws InterruptedException, IOException {
    try (Ground ground = Ground.empty(bench, work)) {
      Map<String, Bench.Measurement> measurements = new LinkedHashMap<>();
      measurements.put(TANDEM, () -> measure(ground, TANDEM, tandem(ground)));
      measurements.put(LIMIT, () -> measure(ground, LIMIT, limit(ground)));
      bench.inTurn(measurements);
    }
  }

  /** Runs one engine. */
  @FunctionalInterface
  private interface Engine {
    Map<String, Double> run() throws InterruptedException;
  }

  private void measure(Ground ground, String name, Engine engine) throws InterruptedException {
    ground.clearForTandem();
    Map<String, Double> figures = engine.run();
    new TopicWatch(ground.admin()).awaitCommitted(topics.events());
    long events = new ReadBack(ground.bootstrap(), topics.events()).distinct();
    if (events != ground.events()) {
      throw TandemException.failed(
          "%s has published %,d events, not %,d".formatted(name, events, ground.events()));
    }
    bench.keep(WORKLOAD, name, work.name(), figures);
  }

  private Engine tandem(Ground ground) {
    return () -> {
      List<String> command =
          Work.tandem(bench.home(), ground.bootstrap(), "replay", files().toArray(String[]::new));
      Path log = work.folder().resolve("tandem-replay.log");
      CompletableFuture<Double> seconds = new CompletableFuture<>();
      long launched = System.nanoTime();
      try (EngineProcess process =
          EngineProcess.start(command, log, line -> seconds(line).ifPresent(seconds::complete))) {
        Cost cost = process.costAtEnd();
        double all = (System.nanoTime() - launched) / 1e9;
        if (process.join() != 0 || !seconds.isDone()) {
          throw TandemException.failed("the replay failed: see " + log);
        }
        Map<String, Double> figures = new HashMap<>();
        figures.put("start_s", all - seconds.join());
        figures.put("work_s", seconds.join());
        figures.put("events_per_s", ground.events() / seconds.join());
        figures.put("cpu_s", cost.cpu().toMillis() / 1e3);
        figures.put("peak_mb", (double) cost.peakMb());
        return figures;
      }
    };
  }

  private static Optional<Double> seconds(String line) {
    Matcher matcher = DONE.matcher(line);
    return matcher.find() ? Optional.of(Double.valueOf(matcher.group(1))) : Optional.empty();
  }

  private Engine limit(Ground ground) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                ground.bootstrap(),
                topics.events(),
                Work.config(bench.home()).toString(),
                work.pipeline().name()));
    arguments.addAll(files());
    MarkedRun run =
        new MarkedRun(
            new JavaProgram(
                    bench.home(),
                    "bench",
                    ProducerLimit.class.getName(),
                    List.of("-Xmx3g", "-XX:+UseParallelGC"))
                .command(arguments),
            work.folder().resolve("producer-limit.log"),
            Marks.STARTED,
            Marks.DONE);
    return () -> run.measure(ground.events());
  }

  private List<String> files() {
    return work.files().stream().map(Path::toString).toList();
  }
}
