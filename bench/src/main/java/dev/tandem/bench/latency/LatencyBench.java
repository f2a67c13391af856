package dev.tandem.bench.latency;

import dev.tandem.bench.Bench;
import dev.tandem.bench.stream.StreamEngines;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.Topics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every engine in turn under the same load, as often as there are runs. */
public final class LatencyBench {
  private static final String WORKLOAD = "latency";

  /** At most so many events a micro-batch; none that keeps up has nearly as many. */
  private static final int SPARK_BATCH = 200_000;

  private final Bench bench;
  private final Pace pace;

  public LatencyBench(Bench bench, Pace pace) {
    this.bench = bench;
    this.pace = pace;
  }

  /**
   * Measures; each run is in the results as soon as it is over.
   *
   * @throws TandemException when an engine ends early, falls behind or publishes other rows
   */
  public void run() throws InterruptedException, IOException {
    PipelineDefinition pipeline = Work.biketown(bench.home());
    List<LatencyEngine> engines =
        engines(new StreamEngines(bench.home(), Topics.of(pipeline))).stream()
            .filter(engine -> bench.wants(engine.engine().name()))
            .toList();
    for (LatencyEngine engine : engines) {
      engine.engine().builder().build();
    }
    Map<String, Bench.Measurement> measurements = new LinkedHashMap<>();
    for (LatencyEngine engine : engines) {
      measurements.put(
          engine.engine().name(),
          () ->
              bench.keep(
                  WORKLOAD,
                  engine.engine().name(),
                  pace.text(),
                  command(),
                  new SteadyRun(bench.folder().resolve(WORKLOAD), pipeline, engine, pace)
                      .measure()));
    }
    bench.inTurn(measurements);
  }

  private String command() {
    return "./tandem bench latency --rate %d --warm-up %d --seconds %d"
        .formatted(pace.rate(), pace.warmUpSeconds(), pace.seconds());
  }

  private static List<LatencyEngine> engines(StreamEngines engines) {
    return List.of(
        LatencyEngine.topic(engines.tandem("tandem", Map.of())),
        LatencyEngine.rest(engines.tandem("tandem-rest", Map.of())),
        LatencyEngine.topic(engines.kafkaStreams(100)),
        LatencyEngine.topic(engines.spark(0, SPARK_BATCH)));
  }
}
