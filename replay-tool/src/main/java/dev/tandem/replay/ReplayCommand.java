package dev.tandem.replay;

import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.PipelineOption;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.decode.InputFiles;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.time.LocalTimes;
import dev.tandem.replay.console.StopSignal;
import dev.tandem.replay.merge.Source;
import dev.tandem.replay.meter.Meter;
import dev.tandem.replay.publish.DryRun;
import dev.tandem.replay.publish.Options;
import dev.tandem.replay.publish.Plan;
import dev.tandem.replay.publish.Progress;
import dev.tandem.replay.publish.Replay;
import dev.tandem.replay.publish.Tally;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem replay}. */
@Command(
    name = "replay",
    description = "Historical files into the events topic, in event order across files.")
final class ReplayCommand implements Callable<Integer> {
  private static final String STDIN = "-";
  private static final String MAX = "max";

  @Mixin private CommonOptions common;
  @Mixin private PipelineOption pipeline;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "files, globs, directories; - alone reads standard input, which may go on for ever")
  private List<String> files;

  @Option(
      names = "--speed",
      paramLabel = "X|max",
      description = "seconds of history that pass in one second (default: max)")
  private String speed = MAX;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "rows in one second at most (default: as many as can be)")
  private Optional<String> rate = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "only events from this time on, local to the pipeline: 2017-08-01[T08:00]")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "T", description = "only events before this time")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--resume",
      description = "go on where a replay of the same files was broken off, repeating nothing")
  private boolean resume;

  @Option(
      names = "--events",
      description =
          "the files hold events as the events topic has them, a JSON object a line, as"
              + " 'rejected --out' writes them")
  private boolean events;

  @Option(names = "--dry-run", description = "read and count everything, publish nothing")
  private boolean dryRun;

  @Override
  public Integer call() {
    Settings settings = common.settings();
    PipelineDefinition loaded = pipeline.load(settings);
    PipelineDefinition definition = events ? loaded.readingEvents() : loaded;
    Options options =
        new Options(
            settings.kafka(),
            settings.get(Keys.PARTITIONS),
            settings.get(Keys.TOPICS_REPLICATION),
            settings.get(Keys.CONNECT_TIMEOUT),
            speed.equalsIgnoreCase(MAX)
                ? OptionalDouble.empty()
                : OptionalDouble.of(positive("--speed", speed)),
            rate.map(text -> OptionalDouble.of(positive("--rate", text)))
                .orElse(OptionalDouble.empty()),
            resume);
    Plan plan =
        Plan.of(definition, sources(definition), LocalTimes.range(from, to, definition.zone()));
    return dryRun ? dryRun(plan) : replay(plan, options);
  }

  private List<Source> sources(PipelineDefinition definition) {
    if (!files.contains(STDIN)) {
      return Source.files(InputFiles.expand(definition, files));
    } else if (files.size() > 1) {
      throw TandemException.wrongUse(
          "- (standard input) beside files: their order is not known, replay them one after"
              + " another");
    }
    return Source.standardInput();
  }

  private static double positive(String option, String text) {
    try {
      double value = Double.parseDouble(text);
      if (value > 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw TandemException.wrongUse(
        option + " " + text + ": give a number above 0, such as 3600" + orMax(option));
  }

  private static String orMax(String option) {
    return option.equals("--speed") ? ", or max" : "";
  }

  private int dryRun(Plan plan) {
    PrintWriter out = spec.commandLine().getOut();
    Meter meter = Meter.of("read", out);
    DryRun run = new DryRun(plan, meter);
    try (meter) {
      run.run();
    } finally {
      if (run.tallies().total().rows() > 0) {
        new TallyTable(plan, run.tallies()).print(out);
      }
    }
    return 0;
  }

  private int replay(Plan plan, Options options) {
    PrintWriter out = spec.commandLine().getOut();
    Meter meter = Meter.of("replay", out);
    Replay replay = new Replay(plan, options, meter);
    try (StopSignal signal = new StopSignal(replay::stop)) {
      Replay.Result result = run(replay, meter);
      out.println(summary(result, plan));
      out.flush();
      return result.outcome() == Replay.Outcome.STOPPED ? TandemException.FAILED : 0;
    }
  }

  private Replay.Result run(Replay replay, Meter meter) {
    try (meter) {
      return replay.run();
    } catch (RuntimeException e) {
      replay.committed().ifPresent(this::sayHowFar);
      throw e;
    }
  }

  private void sayHowFar(Progress progress) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "failed: %,d rows read, %,d events published, %,d rejected until then%n",
        progress.rows(), progress.events(), progress.rejected());
    out.flush();
  }

  private static String summary(Replay.Result result, Plan plan) {
    if (result.outcome() == Replay.Outcome.NOTHING_TO_DO) {
      return "nothing to do: these files are replayed";
    }
    Tally total = result.tallies().total();
    String outside =
        total.outside() == 0 ? "" : ", %,d outside the range".formatted(total.outside());
    String late = total.outOfOrder() == 0 ? "" : ", %,d out of order".formatted(total.outOfOrder());
    boolean all = result.sent() == total.events() + total.rejected();
    String now = all ? "" : " (%,d records by this run)".formatted(result.sent());
    boolean stopped = result.outcome() == Replay.Outcome.STOPPED;
    return "%s: %,d rows read, %,d events published%s, %,d rejected%s%s; %.1f s, %,.0f events/s"
        .formatted(
            stopped ? "stopped, " + plan.remedy() : "done",
            total.rows(),
            total.events(),
            late,
            total.rejected(),
            outside,
            now,
            result.seconds(),
            result.sentEvents() / Math.max(0.001, result.seconds()));
  }
}
