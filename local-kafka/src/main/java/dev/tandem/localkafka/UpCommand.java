package dev.tandem.localkafka;

import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.Shutdown;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem up --local-kafka}: the streams app, and a broker beside it. */
@Command(
    name = "up",
    description = "The streams app as a service, with a Kafka broker in its own process beside it.")
final class UpCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = {"-p", "--pipeline"},
      required = true,
      paramLabel = "P[,P2...]",
      description = "the pipelines to serve")
  private String pipelines;

  @Option(
      names = "--local-kafka",
      required = true,
      description = "start a broker as ./tandem kafka does")
  private boolean localKafka;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "of the REST API and the pages (default: 8080)")
  private Integer port;

  @Option(names = "--rebuild", description = "first drop the app's state and count anew")
  private boolean rebuild;

  @Option(names = "--start-over", description = "as --rebuild, and forget what backfills have said")
  private boolean startOver;

  @Override
  @SuppressWarnings("try") // What is closed waits for its end.
  public Integer call() throws Exception {
    Settings settings = common.settings();
    List<String> up = new ArrayList<>(List.of("up", "-p", pipelines));
    if (port != null) {
      up.addAll(List.of("--port", port.toString()));
    }
    if (rebuild) {
      up.add("--rebuild");
    }
    if (startOver) {
      up.add("--start-over");
    }
    up.addAll(common.arguments());
    up.addAll(LocalKafka.OPTIONS);
    String bootstrap = settings.get(Keys.BOOTSTRAP);
    LocalKafka kafka =
        LocalKafka.start(
            new LocalKafka.Config(
                portOf(bootstrap), settings.get(Keys.STATE_DIR).resolve("kafka"), Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Kafka listens on %s, data in %s%n", kafka.bootstrap(), kafka.folder());
    out.flush();
    Child app = Child.start(settings.home(), up, line -> println(out, line));
    kafka.onFault(spec.commandLine().getErr(), app::kill);
    AutoCloseable both =
        () -> {
          app.close();
          kafka.close();
        };
    try (Shutdown shutdown = Shutdown.onSignal(both)) {
      return app.join();
    }
  }

  private static void println(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private static int portOf(String bootstrap) {
    String port = bootstrap.substring(bootstrap.lastIndexOf(':') + 1);
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw TandemException.wrongUse(
          "--bootstrap " + bootstrap + ": no port behind the colon, for example localhost:9092");
    }
  }
}
