package dev.tandem.localkafka;

import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.Shutdown;
import dev.tandem.core.config.Keys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem kafka}: the broker alone, until Ctrl-C. */
@Command(
    name = "kafka",
    description = "The embedded Kafka broker alone (KRaft, one node), until Ctrl-C.")
final class KafkaCommand implements Callable<Integer> {

  static final int DEFAULT_PORT = 9092;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "where clients connect; 0: a free port (default: " + DEFAULT_PORT + ")")
  private int port = DEFAULT_PORT;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "where the data is kept (default: kafka in the state folder)")
  private Optional<Path> dir = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    Path folder = dir.orElseGet(() -> common.settings().get(Keys.STATE_DIR).resolve("kafka"));
    LocalKafka kafka = LocalKafka.start(new LocalKafka.Config(port, folder, Map.of()));
    Shutdown.serve(kafka, () -> announce(kafka));
    return 0;
  }

  private void announce(LocalKafka kafka) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Kafka listens on %s, data in %s. Ctrl-C stops it.%n", kafka.bootstrap(), kafka.folder());
    out.flush();
  }
}
