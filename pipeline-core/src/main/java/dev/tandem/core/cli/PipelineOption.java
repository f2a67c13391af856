package dev.tandem.core.cli;

import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import picocli.CommandLine.Option;

/** {@code -p P}, of a command for one pipeline; a command takes it as a picocli mixin. */
public final class PipelineOption {
  @Option(
      names = {"-p", "--pipeline"},
      paramLabel = "P",
      required = true,
      description = "the pipeline")
  private String name = "";

  /** As it was given. */
  public String name() {
    return name;
  }

  /**
   * Its definition.
   *
   * @throws dev.tandem.core.TandemException when there is none, or it is not valid
   */
  public PipelineDefinition load(Settings settings) {
    return PipelineLoader.load(settings.configDir(), name);
  }
}
