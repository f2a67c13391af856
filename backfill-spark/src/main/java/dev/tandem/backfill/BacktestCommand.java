package dev.tandem.backfill;

import dev.tandem.backfill.engine.Engine;
import dev.tandem.backfill.engine.HourlySignals;
import dev.tandem.backfill.engine.InputNames;
import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.backfill.report.BacktestJson;
import dev.tandem.backfill.report.BacktestTable;
import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.PipelineOption;
import dev.tandem.core.config.Settings;
import dev.tandem.core.decision.Backtest;
import dev.tandem.core.decision.BacktestPlan;
import dev.tandem.core.decision.BacktestResult;
import dev.tandem.core.decision.LearnedRange;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.time.LocalTimes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem backtest}. */
@Command(
    name = "backtest",
    description =
        "Decides the history in files again: how often each decision would have fired, and how well"
            + " the learned baseline predicts the next hour; needs no Kafka.",
    footer = {
      "",
      "What is normal is learned anew at every midnight, from the eight weeks before it, as a",
      "nightly backfill does; with --learn-to once, from what is before that time.",
      "Predictions are of the subjects that had events in these weeks. The naive one is what came",
      "168 hours before; the third is always zero."
    })
final class BacktestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private PipelineOption pipeline = new PipelineOption();

  @Option(
      names = "--files",
      arity = "1..*",
      required = true,
      paramLabel = "GLOB",
      description =
          "files, folders or patterns, local or URIs (s3a://...), the history to learn from"
              + " included; of an event that several have, the last one's version counts")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "T",
      description =
          "first hour that is decided, a date or date-time in the pipeline's zone (default: eight"
              + " weeks behind the first event)")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "T", description = "end of these hours, exclusive")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--learn-from",
      paramLabel = "T",
      description = "what is before is not learned from")
  private Optional<String> learnFrom = Optional.empty();

  @Option(
      names = "--learn-to",
      paramLabel = "T",
      description = "learn once, from what is before this (default: anew at every midnight)")
  private Optional<String> learnTo = Optional.empty();

  @Option(names = "--json", description = "the result as one JSON object")
  private boolean json;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: local[*], this machine)")
  private Optional<String> master = Optional.empty();

  @Override
  public Integer call() {
    Settings settings = common.settings();
    PipelineText text = PipelineText.load(settings.configDir(), pipeline.name());
    PipelineDefinition definition = text.definition();
    if (definition.decisions().isEmpty()) {
      throw TandemException.wrongUse(
          "pipeline %s declares no decisions: add some to its YAML (docs/pipelines.md)"
              .formatted(text.name()));
    }
    List<String> inputs = InputNames.expand(definition, files);
    PrintWriter out = spec.commandLine().getOut();
    try (Engine engine = Engine.start("backtest", text, Map.of(), settings.spark(), master);
        HourlySignals signals = engine.hourlySignals(inputs)) {
      BacktestResult result = run(definition, signals);
      if (json) {
        out.println(BacktestJson.text(result, definition.zone()));
      } else {
        BacktestTable.lines(result, definition.zone()).forEach(out::println);
      }
      out.flush();
    }
    return 0;
  }

  private BacktestResult run(PipelineDefinition definition, HourlySignals signals) {
    LearnedRange history =
        signals
            .range()
            .orElseThrow(() -> TandemException.wrongUse("the files have no events: give others"));
    if (!definition.decisions().learned().isEmpty() && !history.isWeek()) {
      throw TandemException.wrongUse(
          "the files have events of less than a week, of which nothing can be learned: give more of"
              + " the history");
    }
    BacktestPlan plan =
        BacktestPlan.of(
            history,
            LocalTimes.range(from, to, definition.zone()),
            LocalTimes.range(learnFrom, learnTo, definition.zone()),
            definition.zone());
    Backtest backtest = new Backtest(definition, plan);
    signals.forEach(backtest::hour);
    return backtest.finish();
  }
}
