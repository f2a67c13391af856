package dev.tandem.localkafka;

import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.Shutdown;
import dev.tandem.core.config.Keys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem kafka}: the broker alone, or one of several, until Ctrl-C. */
@Command(
    name = "kafka",
    description =
        "The embedded Kafka broker alone (KRaft, one node), or one node of a cluster on this"
            + " machine, until Ctrl-C.")
final class KafkaCommand implements Callable<Integer> {

  static final int DEFAULT_PORT = 9092;

  /** Stopping takes a second; a node whose fellows are gone would wait for them for minutes. */
  private static final Duration STOP = Duration.ofSeconds(8);

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "where clients connect; 0: a free port (default: " + DEFAULT_PORT + ")")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--cluster",
      paramLabel = "PORT/CPORT,...",
      description =
          "the nodes of a cluster on this machine: of each the port for clients and the port for"
              + " controllers, the same text for every node")
  private Optional<String> cluster = Optional.empty();

  @Option(
      names = "--node",
      paramLabel = "N",
      description = "which node of --cluster this is, from 1")
  private Optional<Integer> node = Optional.empty();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "where the data is kept (default: kafka, or kafka-N, in the state folder)")
  private Optional<Path> dir = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    Path state = common.settings().get(Keys.STATE_DIR);
    LocalKafka kafka = cluster.isPresent() ? ofCluster(cluster.get(), state) : alone(state);
    kafka.onFault(spec.commandLine().getErr(), () -> {});
    Shutdown.serve(() -> stop(kafka), () -> announce(kafka));
    return 0;
  }

  private LocalKafka alone(Path state) {
    if (node.isPresent()) {
      throw TandemException.wrongUse(
          "--node %d: of which cluster? Give all its nodes with --cluster".formatted(node.get()));
    }
    return LocalKafka.start(
        new LocalKafka.Config(port.orElse(DEFAULT_PORT), folder(state, "kafka"), Map.of()));
  }

  private LocalKafka ofCluster(String text, Path state) {
    Nodes nodes = Nodes.parse(text);
    int id = node.orElse(0);
    if (id < 1 || id > nodes.count()) {
      throw TandemException.wrongUse(
          "--cluster %s: say with --node which of them this is, from 1 to %d"
              .formatted(text, nodes.count()));
    }
    if (port.isPresent()) {
      throw TandemException.wrongUse("--port %d: --cluster names the ports".formatted(port.get()));
    }
    say(
        "Node %d of %d starts; it serves when most of them are up. Clients: --bootstrap %s%n"
            .formatted(id, nodes.count(), nodes.bootstrap()));
    return LocalKafka.start(nodes, id, folder(state, "kafka-" + id), Map.of());
  }

  private Path folder(Path state, String name) {
    return dir.orElseGet(() -> state.resolve(name));
  }

  /** In good order where that is possible; its data is safe either way. */
  private static void stop(LocalKafka kafka) throws InterruptedException {
    Thread closing = new Thread(kafka::close, "close");
    closing.setDaemon(true);
    closing.start();
    closing.join(STOP.toMillis());
  }

  private void announce(LocalKafka kafka) {
    say(
        "Kafka listens on %s, data in %s. Ctrl-C stops it.%n"
            .formatted(kafka.bootstrap(), kafka.folder()));
  }

  private void say(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
