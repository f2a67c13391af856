package dev.tandem.bench.loops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.bench.Bench;
import dev.tandem.bench.engine.EngineProcess;
import dev.tandem.bench.engine.JavaProgram;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** JMH over the core's inner loops, in processes of its own; a loop is an engine in results. */
public final class LoopsBench {
  private static final String WORKLOAD = "loops";
  private static final List<String> LOOPS =
      List.of("jsonTokens", "json", "csv", "id", "keys", "fold", "whole", "write", "merge");
  private static final ObjectReader JSON = JsonMapper.builder().build().reader();

  private final Bench bench;

  public LoopsBench(Bench bench) {
    this.bench = bench;
  }

  /**
   * Measures; each run is in the results as soon as it is over.
   *
   * @throws TandemException when JMH fails
   */
  public void run() throws InterruptedException {
    List<String> loops = LOOPS.stream().filter(bench::wants).toList();
    if (loops.isEmpty()) {
      return;
    }
    JavaProgram jmh =
        new JavaProgram(bench.home(), "bench/loops", "org.openjdk.jmh.Main", List.of("-Xmx1g"));
    jmh.build();
    Work work = Work.of(bench);
    for (int run = 1; run <= bench.runs(); run++) {
      bench.say("run %d of %d".formatted(run, bench.runs()));
      for (JsonNode result : measure(jmh, work, loops)) {
        String name = result.path("benchmark").textValue();
        JsonNode ns = result.path("primaryMetric");
        bench.keep(
            WORKLOAD,
            name.substring(name.lastIndexOf('.') + 1),
            "the first file of " + work.name(),
            Map.of(
                "ns",
                ns.path("score").doubleValue(),
                "error_ns",
                ns.path("scoreError").asDouble()));
      }
    }
  }

  private JsonNode measure(JavaProgram jmh, Work work, List<String> loops)
      throws InterruptedException {
    Path results = work.folder().resolve("loops.json");
    Path log = work.folder().resolve("loops.log");
    List<String> command =
        jmh.command(
            List.of(
                "Loops\\.(" + String.join("|", loops) + ")$",
                "-p",
                "config=" + Work.config(bench.home()),
                "-p",
                "file=" + work.files().get(0),
                "-foe",
                "true",
                "-rf",
                "json",
                "-rff",
                results.toString()));
    try (EngineProcess process = EngineProcess.start(command, log, line -> {})) {
      if (process.join() != 0) {
        throw TandemException.failed("JMH failed: see " + log);
      }
      return JSON.readTree(Files.readAllBytes(results));
    } catch (IOException e) {
      throw TandemException.failed("JMH left no results in " + results + ": " + e.getMessage(), e);
    }
  }
}
