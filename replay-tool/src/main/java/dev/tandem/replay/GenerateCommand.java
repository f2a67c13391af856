package dev.tandem.replay;

import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.PipelineOption;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.replay.generate.History;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem generate}. */
@Command(
    name = "generate",
    description =
        "A deterministic history in the pipeline's own file format, with the kinds of defects that"
            + " real files have.")
final class GenerateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Mixin private PipelineOption pipeline;
  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "N",
      required = true,
      description = "how many events; blank, broken and repeated rows come on top")
  private long events;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "the same pipeline, count and seed give the same files (default: 1)")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "folder of the files, one a month from 2017-01; made where it is missing")
  private Path out;

  @Override
  public Integer call() {
    PipelineDefinition definition = pipeline.load(common.settings());
    PrintWriter text = spec.commandLine().getOut();
    List<Path> files =
        new History(definition, events, seed)
            .write(
                out,
                file -> {
                  text.println(file);
                  text.flush();
                });
    text.printf("%,d events in %d files of %s%n", events, files.size(), out);
    text.flush();
    return 0;
  }
}
