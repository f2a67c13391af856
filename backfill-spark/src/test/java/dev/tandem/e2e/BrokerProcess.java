package dev.tandem.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A broker as a process of its own, which can be killed and started again with its data. */
final class BrokerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);

  private final String bootstrap;
  private final String[] command;
  private TandemProcess process;

  private BrokerProcess(String bootstrap, List<String> command) {
    this.bootstrap = bootstrap;
    this.command = command.toArray(String[]::new);
    launch();
  }

  /** Starts one that is alone and waits until it serves. */
  static BrokerProcess alone(Path folder) throws InterruptedException {
    int port = freePorts(1).get(0);
    BrokerProcess broker =
        new BrokerProcess(
            "127.0.0.1:" + port,
            List.of("kafka", "--port", Integer.toString(port), "--dir", folder.toString()));
    return broker.awaitReady();
  }

  /** Starts the nodes of a cluster and waits until they serve. */
  static List<BrokerProcess> cluster(int nodes, Path folder) throws InterruptedException {
    List<Integer> ports = freePorts(2 * nodes);
    String cluster =
        IntStream.range(0, nodes)
            .mapToObj(i -> ports.get(i) + "/" + ports.get(nodes + i))
            .collect(Collectors.joining(","));
    List<BrokerProcess> all = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      String name = Integer.toString(i + 1);
      List<String> command =
          List.of("kafka", "--cluster", cluster, "--node", name, "--dir", folder + "/" + name);
      all.add(new BrokerProcess("127.0.0.1:" + ports.get(i), command));
    }
    for (BrokerProcess broker : all) {
      broker.awaitReady();
    }
    return all;
  }

  private static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it, or starts it again, and does not wait for it. */
  void launch() {
    process = TandemProcess.start(command);
  }

  BrokerProcess awaitReady() throws InterruptedException {
    process.await("Kafka listens on", START);
    return this;
  }

  TandemProcess process() {
    return process;
  }

  /** {@code HOST:PORT} for clients, the same after every start. */
  String bootstrap() {
    return bootstrap;
  }

  @Override
  public void close() throws InterruptedException {
    process.kill();
  }
}
