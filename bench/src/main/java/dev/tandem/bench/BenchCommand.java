package dev.tandem.bench;

import dev.tandem.bench.backfill.BackfillBench;
import dev.tandem.bench.latency.LatencyBench;
import dev.tandem.bench.latency.Pace;
import dev.tandem.bench.loops.LoopsBench;
import dev.tandem.bench.query.QueryBench;
import dev.tandem.bench.replay.ReplayBench;
import dev.tandem.bench.restore.RestoreBench;
import dev.tandem.bench.result.Machine;
import dev.tandem.bench.result.Report;
import dev.tandem.bench.result.ResultLog;
import dev.tandem.bench.result.Run;
import dev.tandem.bench.result.Summary;
import dev.tandem.bench.stream.GrowthBench;
import dev.tandem.bench.stream.StreamBench;
import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem bench}. */
@Command(
    name = "bench",
    description = {
      "Measures Tandem beside its peers on the same broker, events and cores, alternating runs, and"
          + " compares every engine's rows with DuckDB's.",
      "Each run is a line of the results file; medians are those of all runs in it."
    })
final class BenchCommand implements Callable<Integer> {
  private static final long EVENTS = 1_200_000;
  private static final long FIRST_STEP = 1_000_000;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "WORKLOAD",
      description =
          "stream, latency, growth, backfill, replay, restore, query, loops (default: all)")
  private List<Workload> workloads = List.of();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "runs of every engine (default: ${DEFAULT-VALUE})")
  private int runs = 5;

  @Option(
      names = "--events",
      paramLabel = "N",
      description =
          "events of the made-up history (default: 1200000; growth: 1000000, then twice, four and"
              + " eight times as many)")
  private Optional<Long> events = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of BIKETOWN's files, instead of a made-up history")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "E[,E...]",
      description = "only these (default: all of a workload)")
  private List<String> engines = List.of();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "latency: events a second (default: ${DEFAULT-VALUE})")
  private int rate = 5_000;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description =
          "latency: seconds of the load before anything counts (default: ${DEFAULT-VALUE})")
  private int warmUp = 30;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "latency: seconds of the load that count (default: ${DEFAULT-VALUE})")
  private int seconds = 60;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "where runs are kept (default: bench/results.jsonl in the state folder)")
  private Optional<Path> results = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "write the medians of the results file there as Markdown; without a WORKLOAD nothing is"
              + " measured")
  private Optional<Path> report = Optional.empty();

  @Override
  public Integer call() throws Exception {
    if (runs < 1 || events.orElse(1L) < 1) {
      throw TandemException.wrongUse("give 1 or more --runs and --events");
    }
    Pace pace = new Pace(rate, warmUp, seconds);
    Settings settings = common.settings();
    Path folder = settings.get(Keys.STATE_DIR).resolve("bench").toAbsolutePath();
    PrintWriter out = spec.commandLine().getOut();
    ResultLog log = new ResultLog(results.orElse(folder.resolve("results.jsonl")));
    Bench bench =
        new Bench(
            settings.home(),
            folder,
            runs,
            events.orElse(EVENTS),
            data,
            engines,
            Machine.here(settings.home()),
            log,
            out);
    for (Workload workload : chosen()) {
      switch (workload) {
        case STREAM -> new StreamBench(bench).run();
        case BACKFILL -> new BackfillBench(bench).run();
        case LATENCY -> new LatencyBench(bench, pace).run();
        case GROWTH -> new GrowthBench(bench.with(events.orElse(FIRST_STEP))).run();
        case REPLAY -> new ReplayBench(bench).run();
        case RESTORE -> new RestoreBench(bench).run();
        case QUERY -> new QueryBench(bench).run();
        case LOOPS -> new LoopsBench(bench).run();
      }
      Summary.of(log.read(), workload.label()).print(out);
    }
    if (report.isPresent()) {
      write(log, report.get());
    }
    return 0;
  }

  private List<Workload> chosen() {
    return workloads.isEmpty() && report.isEmpty() ? List.of(Workload.values()) : workloads;
  }

  private static void write(ResultLog log, Path page) {
    List<Run> runs = log.read();
    if (runs.isEmpty()) {
      throw TandemException.wrongUse(
          log + " has no results: measure something, or name another file with --results");
    }
    try {
      Files.writeString(page, Report.of(runs), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw TandemException.failed("cannot write " + page + ": " + e.getMessage(), e);
    }
  }
}
