package dev.tandem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.bench.result.ResultLog;
import dev.tandem.bench.result.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmarks run: engines start, their rows are those of DuckDB, figures come out. Nothing is
 * asserted of time.
 */
class BenchIT {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void shouldMeasureEveryEngineAndCompareItsRows() throws Exception {
    Path results = folder.resolve("results.jsonl");

    String output =
        bench(
            "stream",
            "replay",
            "backfill",
            "--engines",
            "tandem,kafka-streams,spark-dataframes-published,java,limit",
            "--events",
            "5000",
            "--runs",
            "1",
            "--results",
            results.toString(),
            "--set",
            "state.dir=" + folder.resolve("state"));

    List<Run> runs = new ResultLog(results).read();
    assertThat(runs)
        .as(output)
        .extracting(run -> run.workload() + " " + run.engine())
        .containsExactlyInAnyOrder(
            "stream tandem",
            "stream kafka-streams",
            "stream java",
            "stream limit",
            "replay tandem",
            "replay limit",
            "backfill tandem",
            "backfill tandem-again",
            "backfill java",
            "backfill spark-dataframes-published",
            "backfill spark-dataframes-again");
    assertThat(runs)
        .allSatisfy(
            run -> {
              assertThat(run.work()).isEqualTo("5,000 made-up events");
              assertThat(run.figures()).containsKeys("work_s", "events_per_s", "cpu_s", "peak_mb");
            });
    assertThat(output).contains("events_per_s");
  }

  private String bench(String... arguments) throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("tandem.home"));
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("tandem").toString(), "bench")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("TANDEM_BUILD", "never");
    int status = builder.start().waitFor();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    String end = said.strip().substring(said.strip().lastIndexOf('\n') + 1);
    assertThat(status).as("%s%nafter%n%s", end, said).isZero();
    return said;
  }
}
