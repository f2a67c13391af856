package dev.tandem.localkafka.chaos;

import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.PipelineOption;
import dev.tandem.core.cli.Shutdown;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.decode.InputFiles;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.localkafka.Child;
import dev.tandem.localkafka.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem chaos}: the system under fire, in a folder of its own. */
@Command(
    name = "chaos",
    description = {
      "Kills broker, apps, replays and backfills of a system of its own again and again, then"
          + " checks every row and the ledger.",
      "Exit status 1 when anything is wrong; the folder is kept then."
    })
public final class ChaosCommand implements Callable<Integer> {
  private static final String SAMPLE_EVENTS = "20000";

  @Mixin private CommonOptions common;
  @Mixin private PipelineOption pipeline;
  @Spec private CommandSpec spec;

  @Option(
      names = "--files",
      paramLabel = "GLOB",
      arity = "1..*",
      description = "historical files (default: a made-up history)")
  private List<String> files = List.of();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "how long (default: ${DEFAULT-VALUE}); checks come on top")
  private int minutes = 10;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "of all that is left to chance (default: another one each time)")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "of the streams app (default: ${DEFAULT-VALUE})")
  private int instances = 2;

  @Override
  public Integer call() throws Exception {
    Settings settings = common.settings();
    PipelineDefinition definition = pipeline.load(settings);
    if (common.arguments().contains("--bootstrap")) {
      throw TandemException.wrongUse("chaos brings its own broker: leave --bootstrap out");
    }
    if (minutes < 1 || instances < 1) {
      throw TandemException.wrongUse(
          "--minutes %d --instances %d: give 1 or more".formatted(minutes, instances));
    }
    Journal journal = new Journal(spec.commandLine().getOut());
    Path folder = folder(settings);
    try {
      if (run(settings, definition, folder, journal)) {
        return 0;
      }
    } catch (Exception e) {
      keep(folder, journal);
      throw e;
    }
    keep(folder, journal);
    return TandemException.FAILED;
  }

  private static void keep(Path folder, Journal journal) {
    journal.sum("kept               %s", folder);
  }

  private boolean run(
      Settings settings, PipelineDefinition definition, Path folder, Journal journal)
      throws Exception {
    long chosen = seed.orElseGet(() -> System.nanoTime() % 1_000_000);
    journal.say(
        "chaos of %s: seed %d, %d minutes, %d instances, in %s",
        pipeline.name(), chosen, minutes, instances, folder);
    List<Path> paths =
        InputFiles.expand(
            definition, files.isEmpty() ? List.of(made(settings, folder, chosen)) : files);
    List<Path> absolute = paths.stream().map(p -> p.toAbsolutePath().normalize()).toList();
    History history = History.read(definition, absolute);
    journal.say("history: %d files, %,d events", absolute.size(), history.events());
    Crew crew = new Crew(settings.home(), folder, pipeline.name(), freePort(), common.arguments());
    Chaos chaos =
        new Chaos(
            definition,
            absolute,
            history,
            Duration.ofMinutes(minutes),
            instances,
            chosen,
            crew,
            FailPoints.in(folder.resolve("points")),
            journal);
    boolean[] keep = {false};
    AutoCloseable all =
        () -> {
          chaos.close();
          if (!keep[0]) {
            Folders.delete(folder);
          }
        };
    try (Shutdown shutdown = Shutdown.onSignal(all)) {
      try {
        keep[0] = !chaos.run();
      } catch (InterruptedException | RuntimeException e) {
        keep[0] = true;
        throw e;
      }
      journal.sum("");
      journal.sum("seed               %d", chosen);
      journal.sum("minutes            %d", minutes);
      chaos.sum();
      return !keep[0];
    }
  }

  private String made(Settings settings, Path folder, long chosen) throws InterruptedException {
    Path history = folder.resolve("history");
    List<String> arguments =
        new ArrayList<>(
            List.of("generate", "-p", pipeline.name(), "--events", SAMPLE_EVENTS, "--seed"));
    arguments.addAll(List.of(Long.toString(chosen), "--out", history.toString()));
    arguments.addAll(common.arguments());
    PrintWriter out = spec.commandLine().getOut();
    try (Child generate = Child.start(settings.home(), arguments, out::println)) {
      if (generate.join() != 0) {
        throw TandemException.failed("no history could be made");
      }
    }
    return history.toString();
  }

  private static Path folder(Settings settings) {
    Path state = settings.get(Keys.STATE_DIR);
    try {
      return Files.createTempDirectory(Files.createDirectories(state).toAbsolutePath(), "chaos-");
    } catch (IOException e) {
      throw TandemException.failed(
          "cannot write to the state folder " + state + ": name another with --set state.dir=DIR",
          e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw TandemException.failed("no free port: " + e, e);
    }
  }
}
