package dev.tandem.bench.stream;

import dev.tandem.bench.Bench;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.Topics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every engine in turn, as often as there are runs. */
public final class StreamBench {
  private static final int COMMIT_MS = 1_000;
  private static final int FLINK_CHECKPOINT_MS = 10_000;
  private static final int SPARK_BATCH = 200_000;

  private static final String WORKLOAD = "stream";

  private final Bench bench;

  public StreamBench(Bench bench) {
    this.bench = bench;
  }

  /**
   * Measures; each run is in the results as soon as it is over.
   *
   * @throws TandemException when an engine ends early, takes too long or publishes other rows
   */
  public void run() throws InterruptedException, IOException {
    Work work = Work.of(bench);
    List<StreamEngine> engines =
        engines(work).stream().filter(engine -> bench.wants(engine.name())).toList();
    for (StreamEngine engine : engines) {
      engine.builder().build();
    }
    try (Ground ground = Ground.prepare(bench, work)) {
      warmUp(work, ground);
      Map<String, Bench.Measurement> measurements = new LinkedHashMap<>();
      for (StreamEngine engine : engines) {
        measurements.put(
            engine.name(),
            () ->
                bench.keep(
                    WORKLOAD, engine.name(), work.name(), new CatchUp(ground, engine).measure()));
      }
      bench.inTurn(measurements);
    }
  }

  /** The broker has just been started; an engine of no account makes it compile what it runs. */
  private void warmUp(Work work, Ground ground) throws InterruptedException {
    bench.say("warming the broker");
    new CatchUp(ground, of(work).plainJava(COMMIT_MS)).measure();
  }

  private StreamEngines of(Work work) {
    return new StreamEngines(bench.home(), Topics.of(work.pipeline()));
  }

  private List<StreamEngine> engines(Work work) {
    StreamEngines engines = of(work);
    return List.of(
        engines.tandem("tandem", Map.of()),
        engines.tandem("tandem-no-ids", Map.of("event.id.retention", "0")),
        engines.kafkaStreams(COMMIT_MS),
        engines.flink(FLINK_CHECKPOINT_MS),
        engines.spark(0, SPARK_BATCH),
        engines.plainJava(COMMIT_MS),
        engines.limit());
  }
}
