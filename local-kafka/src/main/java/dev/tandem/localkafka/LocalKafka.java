package dev.tandem.localkafka;

import dev.tandem.core.TandemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.utils.Exit;

/**
 * A real Kafka broker (KRaft) inside this JVM: a node alone, or one of a cluster whose others are
 * processes of their own. It listens on 127.0.0.1 only, keeps its data in one folder and finds it
 * again when it is started there once more, also after a kill.
 *
 * <p>Kafka ends the whole process on a fault that it cannot survive, such as a disk that fails
 * under it. That is right for a broker, and to be known by those who start one inside their own
 * JVM.
 */
public final class LocalKafka implements AutoCloseable {

  /** For a command that is to reach a broker of ours, however the user reaches another. */
  public static final List<String> OPTIONS = List.of("--set", "kafka.security.protocol=PLAINTEXT");

  private final BrokerFolder folder;
  private final KafkaNode node;
  private final int port;
  private boolean closed;

  private LocalKafka(BrokerFolder folder, KafkaNode node, int port) {
    this.folder = folder;
    this.node = node;
    this.port = port;
  }

  /**
   * How to start a broker.
   *
   * @param port where clients connect; 0: any free port, another one at each start
   * @param folder where it keeps its data; made when it is not there
   * @param extra broker properties over ours, by Kafka's names
   */
  public record Config(int port, Path folder, Map<String, String> extra) {

    /** Checks the port and copies the properties. */
    public Config {
      if (port < 0 || port > 65_535) {
        throw TandemException.wrongUse("Port %d: give one from 0 to 65535".formatted(port));
      }
      extra = Map.copyOf(extra);
    }

    /** Any free port, no properties of one's own. */
    public static Config in(Path folder) {
      return new Config(0, folder, Map.of());
    }
  }

  /**
   * Starts a broker and returns when it serves, after some seconds.
   *
   * @throws TandemException when the port is taken, another broker uses the folder, or Kafka
   *     refuses to start; then nothing is left running and the folder is free again
   */
  public static LocalKafka start(Config config) {
    int port = config.port() == 0 ? freePort() : config.port();
    return start(Nodes.one(port, freePort()), 1, config.folder(), config.extra());
  }

  /**
   * Starts one node of a cluster and returns when it serves: not before most of the nodes are up.
   *
   * @param id of the node, from 1
   * @throws TandemException as {@link #start(Config)}
   */
  static LocalKafka start(Nodes nodes, int id, Path data, Map<String, String> extra) {
    int port = nodes.node(id).port();
    refuseTakenPort(port);
    refuseTakenPort(nodes.node(id).controllerPort());
    BrokerFolder folder = BrokerFolder.open(data, id, nodes.clusterId());
    try {
      KafkaNode node =
          new KafkaNode(
              new KafkaConfig(BrokerProperties.of(folder.path(), nodes, id, extra), false));
      startOrStop(node);
      return new LocalKafka(folder, node, port);
    } catch (RuntimeException e) {
      release(folder, e);
      throw TandemException.failed(
          "The broker cannot start in %s on port %d: %s".formatted(folder.path(), port, e), e);
    }
  }

  /**
   * Says in one line that the broker cannot go on and what to do, before Kafka ends the process.
   * For processes that have one broker.
   *
   * @param first is run before
   */
  void onFault(PrintWriter err, Runnable first) {
    Exit.Procedure end =
        (status, message) -> {
          err.printf(
              "tandem: the broker cannot go on in %s (%s): see that its disk has room and can be"
                  + " written, then start it again; what it acknowledged is kept%n",
              folder.path(), space());
          err.flush();
          first.run();
          Runtime.getRuntime().halt(TandemException.FAILED);
        };
    Exit.setHaltProcedure(end);
    Exit.setExitProcedure(end);
  }

  private String space() {
    try {
      return "%,d KB free".formatted(Files.getFileStore(folder.path()).getUsableSpace() / 1024);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** {@code HOST:PORT} for clients. */
  public String bootstrap() {
    return BrokerProperties.HOST + ":" + port;
  }

  /** The port that clients connect to. */
  public int port() {
    return port;
  }

  /** The folder of its data, absolute. */
  public Path folder() {
    return folder.path();
  }

  /**
   * Stops the broker in good order and frees port and folder; a second call does nothing. Its files
   * may be deleted afterwards.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (folder) {
      node.stop();
    } catch (IOException e) {
      throw TandemException.failed("Cannot free the folder " + folder.path() + ": " + e, e);
    }
  }

  private static void startOrStop(KafkaNode node) {
    try {
      node.start();
    } catch (RuntimeException e) {
      try {
        node.stop();
      } catch (RuntimeException alsoStopping) {
        e.addSuppressed(alsoStopping);
      }
      throw e;
    }
  }

  private static void release(BrokerFolder folder, RuntimeException because) {
    try {
      folder.close();
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  private static void refuseTakenPort(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port));
    } catch (IOException e) {
      throw TandemException.failed(
          "Port %d of %s is already in use or may not be used (%s): stop what listens there, or give another with --port"
              .formatted(port, BrokerProperties.HOST, e.getMessage()),
          e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw TandemException.failed("No free port on " + BrokerProperties.HOST + ": " + e, e);
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
