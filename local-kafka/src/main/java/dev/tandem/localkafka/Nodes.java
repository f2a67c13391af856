package dev.tandem.localkafka;

import dev.tandem.core.TandemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * The nodes of a cluster on this machine, each of them controller and broker at once; their ids are
 * 1, 2, 3 … in the order of the list.
 */
record Nodes(List<Node> all) {

  private static final Pattern NODE = Pattern.compile("([0-9]{1,5})/([0-9]{1,5})");
  private static final int HIGHEST_PORT = 65_535;

  Nodes {
    all = List.copyOf(all);
  }

  /**
   * @param port where clients connect
   * @param controllerPort where the nodes agree on who leads
   */
  record Node(int port, int controllerPort) {}

  static Nodes one(int port, int controllerPort) {
    return new Nodes(List.of(new Node(port, controllerPort)));
  }

  /**
   * Reads {@code PORT/CONTROLLERPORT,PORT/CONTROLLERPORT,…}.
   *
   * @throws TandemException wrong use: not of that form, or a port that is no port or named twice
   */
  static Nodes parse(String text) {
    List<Node> nodes = new ArrayList<>();
    Set<Integer> ports = new HashSet<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = NODE.matcher(part.strip());
      if (!matcher.matches()) {
        throw TandemException.wrongUse(
            "--cluster %s: '%s' is not PORT/CONTROLLERPORT, for example 9092/19092"
                .formatted(text, part.strip()));
      }
      nodes.add(new Node(port(text, matcher.group(1), ports), port(text, matcher.group(2), ports)));
    }
    return new Nodes(nodes);
  }

  private static int port(String text, String digits, Set<Integer> taken) {
    int port = Integer.parseInt(digits);
    if (port < 1 || port > HIGHEST_PORT) {
      throw TandemException.wrongUse(
          "--cluster %s: %d is no port: give one from 1 to %d".formatted(text, port, HIGHEST_PORT));
    }
    if (!taken.add(port)) {
      throw TandemException.wrongUse(
          "--cluster %s: port %d is there twice: give each listener one of its own"
              .formatted(text, port));
    }
    return port;
  }

  int count() {
    return all.size();
  }

  /**
   * @param id from 1
   */
  Node node(int id) {
    return all.get(id - 1);
  }

  /** Kafka's {@code controller.quorum.voters}. */
  String voters() {
    return IntStream.rangeClosed(1, all.size())
        .mapToObj(id -> id + "@" + BrokerProperties.HOST + ":" + node(id).controllerPort())
        .collect(Collectors.joining(","));
  }

  /** {@code HOST:PORT,…} for clients. */
  String bootstrap() {
    return all.stream()
        .map(node -> BrokerProperties.HOST + ":" + node.port())
        .collect(Collectors.joining(","));
  }

  /**
   * The id that a new folder is given: several nodes, which are formatted apart, must come to the
   * same; one alone gets a new one.
   */
  Uuid clusterId() {
    if (all.size() == 1) {
      return Uuid.randomUuid();
    }
    UUID ofNodes = UUID.nameUUIDFromBytes(voters().getBytes(StandardCharsets.US_ASCII));
    return new Uuid(ofNodes.getMostSignificantBits(), ofNodes.getLeastSignificantBits());
  }
}
