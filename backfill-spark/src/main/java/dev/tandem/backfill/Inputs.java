package dev.tandem.backfill;

import dev.tandem.backfill.engine.InputNames;
import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.backfill.report.Source;
import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.PipelineOption;
import dev.tandem.core.config.Settings;
import dev.tandem.core.time.LocalTimes;
import dev.tandem.core.time.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what is recomputed, and where; shared by both commands. */
final class Inputs {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private PipelineOption pipeline = new PipelineOption();

  @Option(
      names = "--files",
      arity = "1..*",
      paramLabel = "GLOB",
      description =
          "files, folders or patterns, local or URIs (s3a://...); of an event that several have,"
              + " the last one's version counts")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "first window, a date or date-time in the pipeline's zone")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "T", description = "end of the windows, exclusive")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--source",
      paramLabel = "both|files|log",
      description = "which events count (default: both)")
  private Optional<Source> source = Optional.empty();

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description = "folder of archive --out, for the part of the log that the topic lacks by now")
  private Optional<Path> archive = Optional.empty();

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: local[*], this machine)")
  private Optional<String> master = Optional.empty();

  CommonOptions common() {
    return common;
  }

  Source source() {
    return source.orElse(Source.BOTH);
  }

  /**
   * @throws TandemException wrong use, when it is said what to recompute although {@code option}
   *     says it already
   */
  void refuseChoice(String option) {
    if (!files.isEmpty() || from.isPresent() || to.isPresent() || source.isPresent()) {
      throw TandemException.wrongUse(
          option
              + " takes files, range and source from the runs on record: leave out --files, --from,"
              + " --to and --source");
    }
  }

  /**
   * @throws TandemException wrong use, when an archive is named and the log does not count
   */
  Cluster cluster(Settings settings) {
    if (archive.isPresent() && source() == Source.FILES) {
      throw TandemException.wrongUse(
          "--archive with --source files: these do not count the log, leave out one of them");
    }
    return Cluster.of(settings, master, archive);
  }

  PipelineText pipeline(Settings settings) {
    return PipelineText.load(settings.configDir(), pipeline.name());
  }

  TimeRange range(PipelineText text) {
    return LocalTimes.range(from, to, text.definition().zone());
  }

  /** The files, in order; none when the source is the log. */
  List<String> files(PipelineText text) {
    if (!source().usesFiles()) {
      if (!files.isEmpty()) {
        throw TandemException.wrongUse("--source log reads no files: leave out --files");
      }
      return List.of();
    }
    if (files.isEmpty()) {
      throw TandemException.wrongUse(
          "--source "
              + source().text()
              + " needs files: name them with --files, or use --source log");
    }
    return InputNames.expand(text.definition(), files);
  }
}
