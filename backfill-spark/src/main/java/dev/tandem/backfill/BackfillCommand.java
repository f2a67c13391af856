package dev.tandem.backfill;

import dev.tandem.backfill.engine.Lake;
import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.backfill.report.CutLedger;
import dev.tandem.backfill.report.Gate;
import dev.tandem.backfill.report.ReportJson;
import dev.tandem.backfill.report.ReportTable;
import dev.tandem.core.TandemException;
import dev.tandem.core.cli.Configured;
import dev.tandem.core.config.Flag;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.time.TimeRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem backfill}. */
@Command(
    name = "backfill",
    description =
        "Recomputes history, compares it with what is served and publishes what is wrong.")
final class BackfillCommand implements Callable<Integer>, Configured {
  @Spec private CommandSpec spec;
  @Mixin private Inputs inputs = new Inputs();

  @Option(names = "--dry-run", description = "compare and report, publish nothing")
  private boolean dryRun;

  @Option(
      names = "--full",
      description = "publish every row, also those that are right (to rebuild a lost changelog)")
  private boolean full;

  @Option(
      names = "--max-change",
      paramLabel = "N%",
      description = "refuse when more of the rows served in the range would change (default: 10%%)")
  private Optional<String> maxChange = Optional.empty();

  @Option(names = "--report", paramLabel = "FILE", description = "write the report as JSON")
  private Optional<Path> reportFile = Optional.empty();

  @Option(
      names = "--lake",
      paramLabel = "DIR",
      description =
          "put the published rows into DIR as Parquet as well, a file for each aggregate and month;"
              + " the range must be whole months")
  private Optional<Path> lake = Optional.empty();

  @Option(
      names = "--undo",
      paramLabel = "RUN",
      description =
          "undo a run: recompute its range from what was right before it, as a new run; takes"
              + " files, range and source from the runs on record")
  private Optional<Long> undo = Optional.empty();

  @Override
  public List<Flag> flags() {
    return maxChange.map(n -> new Flag("--max-change", Keys.MAX_CHANGE.key(), n)).stream().toList();
  }

  @Override
  public Integer call() {
    Settings settings = inputs.common().settings();
    PipelineText pipeline = inputs.pipeline(settings);
    Gate gate = new Gate(settings.get(Keys.MAX_CHANGE));
    Duration ackTimeout = settings.get(Keys.ACK_TIMEOUT);
    List<BackfillResult> results = new ArrayList<>();
    Consumer<BackfillResult> took =
        result -> {
          results.add(result);
          print(result, pipeline);
        };
    if (lake.isPresent() && (dryRun || undo.isPresent())) {
      throw TandemException.wrongUse(
          "--lake with --dry-run or --undo: a lake takes the rows of a backfill that is published");
    }
    reportFile.ifPresent(BackfillCommand::refuseUnwritable);
    Phases phases = new Phases(spec.commandLine().getOut());
    if (undo.isPresent()) {
      inputs.refuseChoice("--undo");
      UndoRequest request = new UndoRequest(pipeline, undo.get(), dryRun, full, gate, ackTimeout);
      UndoAction.run(request, inputs.cluster(settings), phases, took);
    } else {
      TimeRange range = inputs.range(pipeline);
      BackfillRequest request =
          new BackfillRequest(
              pipeline,
              inputs.files(pipeline),
              range,
              inputs.source(),
              dryRun,
              full,
              gate,
              ackTimeout,
              lake.map(dir -> Lake.of(dir, pipeline.definition(), range)),
              Optional.empty());
      took.accept(BackfillAction.run(request, inputs.cluster(settings), phases));
    }
    reportFile.ifPresent(file -> write(file, results));
    refuseImbalance(results, pipeline);
    return 0;
  }

  /**
   * The corrections come from files and log, whatever the app says of itself, so the run stands;
   * but an app that has lost sight of events will serve wrong rows again, and nobody may miss that.
   */
  private static void refuseImbalance(List<BackfillResult> results, PipelineText pipeline) {
    for (BackfillResult result : results) {
      result
          .report()
          .ledger()
          .flatMap(CutLedger::problem)
          .ifPresent(
              problem -> {
                throw TandemException.failed(
                    "run %d is published, but the app's ledger does not balance: %s: look at ./tandem status -p %s before you trust what comes from now on"
                        .formatted(result.epoch().orElseThrow(), problem, pipeline.name()));
              });
    }
  }

  private void print(BackfillResult result, PipelineText pipeline) {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    new ReportTable(pipeline.definition()).lines(result.report()).forEach(out::println);
    out.println();
    out.println(ending(result));
    result.learned().ifPresent(learned -> out.println(learned.text()));
    out.flush();
  }

  private static String ending(BackfillResult result) {
    long different = result.report().total().different();
    if (result.epoch().isEmpty()) {
      return BatchSteps.text(
          "dry run: %,d rows would be published%s",
          different,
          result.allowed() ? "" : ", more than --max-change allows: it would be refused");
    }
    return BatchSteps.text(
        "run %d: %,d rows published, %,d of them changed%s",
        result.epoch().orElseThrow(),
        result.report().published(),
        different,
        result.report().undoes().isEmpty()
            ? ""
            : BatchSteps.text("; it undoes run %d", result.report().undoes().getAsLong()));
  }

  /** One report as it is; several, of an undo in parts, as an array. */
  private static String json(List<BackfillResult> results) {
    return results.size() == 1
        ? ReportJson.text(results.get(0).json())
        : ReportJson.text(results.stream().map(BackfillResult::json).toList());
  }

  /** Said before hours of work, not after. */
  private static void refuseUnwritable(Path file) {
    boolean there = Files.exists(file);
    try {
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      if (!there) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw TandemException.wrongUse(
          "Cannot write the report to %s (%s): give a file in a folder that exists and can be written"
              .formatted(file, e),
          e);
    }
  }

  private static void write(Path file, List<BackfillResult> results) {
    try {
      Files.writeString(file, json(results), StandardCharsets.UTF_8);
    } catch (IOException e) {
      OptionalLong last = results.get(results.size() - 1).epoch();
      String done =
          last.isPresent()
              ? "run %d is done, and its report is kept with it (GET /api/v1/P/runs/%d)"
                  .formatted(last.getAsLong(), last.getAsLong())
              : "make room and rerun";
      throw TandemException.failed(
          "Cannot write the report to %s (%s): %s".formatted(file, e.getMessage(), done), e);
    }
  }
}
