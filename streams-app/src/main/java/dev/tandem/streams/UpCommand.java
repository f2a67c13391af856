package dev.tandem.streams;

import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.Configured;
import dev.tandem.core.cli.Shutdown;
import dev.tandem.core.config.Flag;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Problems;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.streams.access.Access;
import dev.tandem.streams.service.PipelineService;
import dev.tandem.streams.service.StreamsPropertiesCheck;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem up}: the streams app until Ctrl-C. */
@Command(
    name = "up",
    description = "The streams app as a long-lived service with its REST API and web pages.")
final class UpCommand implements Callable<Integer>, Configured {

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = {"-p", "--pipeline"},
      paramLabel = "P",
      required = true,
      split = ",",
      description = "pipelines, one or more with commas between")
  private List<String> pipelines;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "port of the REST API and the pages; 0: a free one (default: 8080)")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--rebuild",
      description =
          "first drop the app's state, wherever it is, and count the events anew from their"
              + " beginning; what backfills have said stays. No other instance may run")
  private boolean rebuild;

  @Option(
      names = "--start-over",
      description =
          "as --rebuild, and forget what backfills have said as well: for a pipeline that has lost"
              + " its events, claims, corrections or runs. A ./tandem backfill --full follows")
  private boolean startOver;

  @Override
  public List<Flag> flags() {
    return port.map(n -> new Flag("--port", Keys.HTTP_PORT.key(), Integer.toString(n))).stream()
        .toList();
  }

  @Override
  public void check(Settings settings, Problems problems) {
    StreamsPropertiesCheck.check(settings, problems);
    Access.check(settings, problems);
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = common.settings();
    List<PipelineDefinition> definitions =
        new LinkedHashSet<>(pipelines)
            .stream().map(name -> PipelineLoader.load(settings.configDir(), name)).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (rebuild || startOver) {
      for (PipelineDefinition definition : definitions) {
        PipelineService.rebuild(settings, definition, startOver, out::println);
        out.flush();
      }
    }
    StreamsApp app = new StreamsApp(settings, definitions, out::println);
    try (AutoCloseable stop = Shutdown.onSignal(app)) {
      String url = app.start();
      out.println("ready: " + url);
      out.flush();
      String why = app.awaitFailure();
      throw TandemException.failed(why);
    }
  }
}
