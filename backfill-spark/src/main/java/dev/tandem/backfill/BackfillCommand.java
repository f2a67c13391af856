package dev.tandem.backfill;

import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.backfill.report.Gate;
import dev.tandem.backfill.report.ReportJson;
import dev.tandem.backfill.report.ReportTable;
import dev.tandem.core.TandemException;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
final class BackfillCommand implements Callable<Integer> {
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

  @Override
  public Integer call() {
    Map<String, String> flags = new HashMap<>();
    maxChange.ifPresent(percent -> flags.put(Keys.MAX_CHANGE.key(), percent));
    Settings settings = inputs.common().settings(flags);
    PipelineText pipeline = inputs.pipeline(settings);
    BackfillRequest request =
        new BackfillRequest(
            pipeline,
            inputs.files(pipeline),
            inputs.range(pipeline),
            inputs.source(),
            dryRun,
            full,
            new Gate(settings.get(Keys.MAX_CHANGE)),
            settings.get(Keys.ACK_TIMEOUT));
    PrintWriter out = spec.commandLine().getOut();
    reportFile.ifPresent(BackfillCommand::refuseUnwritable);
    BackfillResult result =
        BackfillAction.run(request, Cluster.of(settings, inputs.master()), new Phases(out));
    out.println();
    new ReportTable(pipeline.definition()).lines(result.report()).forEach(out::println);
    out.println();
    out.println(ending(result, request));
    out.flush();
    reportFile.ifPresent(file -> write(file, result));
    return 0;
  }

  private static String ending(BackfillResult result, BackfillRequest request) {
    long different = result.report().total().different();
    if (request.dryRun()) {
      return BatchSteps.text(
          "dry run: %,d rows would be published%s",
          different,
          request.gate().allows(result.report().total())
              ? ""
              : ", more than --max-change allows: it would be refused");
    }
    return BatchSteps.text(
        "run %d: %,d rows published, %,d of them changed",
        result.epoch().orElseThrow(), result.report().published(), different);
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

  private static void write(Path file, BackfillResult result) {
    try {
      Files.writeString(file, ReportJson.text(result.json()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      String done =
          result.epoch().isPresent()
              ? "run %d is done, and its report is kept with it (GET /api/v1/P/runs/%d)"
                  .formatted(result.epoch().getAsLong(), result.epoch().getAsLong())
              : "make room and rerun";
      throw TandemException.failed(
          "Cannot write the report to %s (%s): %s".formatted(file, e.getMessage(), done), e);
    }
  }
}
