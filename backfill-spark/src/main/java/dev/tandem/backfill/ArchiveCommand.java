package dev.tandem.backfill;

import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.PipelineOption;
import dev.tandem.core.config.Settings;
import dev.tandem.core.time.LocalTimes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem archive}. */
@Command(
    name = "archive",
    description =
        "Copies the log into Parquet files, from where the last archive into the same folder"
            + " ended; deletes nothing. backfill and verify read it with --archive, so that the"
            + " topic may be short.")
final class ArchiveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private PipelineOption pipeline = new PipelineOption();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "a local folder")
  private Path out = Path.of("");

  @Option(
      names = "--until",
      paramLabel = "T",
      description =
          "leave what came to the log at T or later, a date or date-time in the pipeline's zone"
              + " (default: all there is)")
  private Optional<String> until = Optional.empty();

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: local[*], this machine)")
  private Optional<String> master = Optional.empty();

  @Override
  public Integer call() {
    Settings settings = common.settings();
    PipelineText text = PipelineText.load(settings.configDir(), pipeline.name());
    OptionalLong before =
        until
            .map(t -> OptionalLong.of(LocalTimes.parse(t, text.definition().zone())))
            .orElse(OptionalLong.empty());
    ArchiveAction.run(
        text, out, before, Cluster.of(settings, master), new Phases(spec.commandLine().getOut()));
    return 0;
  }
}
