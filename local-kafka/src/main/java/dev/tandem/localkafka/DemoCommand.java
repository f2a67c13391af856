package dev.tandem.localkafka;

import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.Shutdown;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem demo}: the whole system in one go, in a folder that is deleted at the end. */
@Command(
    name = "demo",
    description = {
      "The whole system in one go on an embedded broker: a history, the live stream, a backfill"
          + " that corrects it.",
      "Serves until Ctrl-C, then forgets everything."
    })
final class DemoCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of historical files (default: a made-up history)")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = {"-p", "--pipeline"},
      paramLabel = "P",
      description = "pipeline (default: ${DEFAULT-VALUE})")
  private String pipeline = "biketown";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "of the REST API and the pages; 0: a free one (default: 8080)")
  private Optional<Integer> port = Optional.empty();

  @Option(names = "--once", description = "end after the backfill and the check")
  private boolean once;

  @Override
  public Integer call() throws Exception {
    Settings settings = common.settings();
    PipelineLoader.load(settings.configDir(), pipeline);
    if (common.arguments().contains("--bootstrap")) {
      throw TandemException.wrongUse("the demo brings its own broker: leave --bootstrap out");
    }
    if (data.isPresent() && !Files.isDirectory(data.get())) {
      throw TandemException.wrongUse(
          "no folder " + data.get() + ": name the folder of the historical files");
    }
    Path folder = demoFolder(settings);
    PrintWriter out = spec.commandLine().getOut();
    Demo demo = new Demo(settings, common.arguments(), pipeline, data, port, folder, out);
    try (Shutdown shutdown = Shutdown.onSignal(demo)) {
      int status = demo.run();
      if (status == 0 && !once) {
        demo.serve();
      }
      return status;
    }
  }

  private static Path demoFolder(Settings settings) {
    Path state = settings.get(Keys.STATE_DIR);
    try {
      return Files.createTempDirectory(Files.createDirectories(state), "demo-");
    } catch (IOException e) {
      throw TandemException.failed(
          "cannot write to the state folder " + state + ": name another with --set state.dir=DIR",
          e);
    }
  }
}
