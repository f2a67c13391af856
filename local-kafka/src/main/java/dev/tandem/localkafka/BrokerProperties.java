package dev.tandem.localkafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** What a node that is controller and broker at once is told, sized for one small machine. */
final class BrokerProperties {

  static final String CONTROLLER = "CONTROLLER";

  /** Only this machine may connect. */
  static final String HOST = "127.0.0.1";

  /** Where clients and other nodes connect: in plain text, unless it is mapped to another. */
  static final String CLIENTS = "CLIENTS";

  private BrokerProperties() {}

  /**
   * @param id of the node that this is
   */
  static Properties of(Path folder, Nodes nodes, int id, Map<String, String> extra) {
    Properties properties = new Properties();
    properties.putAll(node(folder, nodes, id));
    properties.putAll(replicas(nodes.count()));
    properties.putAll(limits());
    properties.putAll(extra);
    return properties;
  }

  private static Map<String, String> node(Path folder, Nodes nodes, int id) {
    String broker = CLIENTS + "://" + HOST + ":" + nodes.node(id).port();
    String controller = CONTROLLER + "://" + HOST + ":" + nodes.node(id).controllerPort();
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", Integer.toString(id)),
        Map.entry("controller.quorum.voters", nodes.voters()),
        Map.entry("controller.listener.names", CONTROLLER),
        Map.entry("inter.broker.listener.name", CLIENTS),
        Map.entry(
            "listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT"),
        Map.entry("listeners", broker + "," + controller),
        Map.entry("advertised.listeners", broker),
        Map.entry("log.dirs", folder.toString()));
  }

  /**
   * Up to three replicas. All but one of them must have a record before it counts as written: then
   * one node may be away, and nothing that was written is lost with another.
   */
  private static Map<String, String> replicas(int nodes) {
    int count = Math.min(3, nodes);
    String replicas = Integer.toString(count);
    String inSync = Integer.toString(Math.max(1, count - 1));
    return Map.of(
        "default.replication.factor", replicas,
        "min.insync.replicas", inSync,
        "offsets.topic.replication.factor", replicas,
        "offsets.topic.num.partitions", "4",
        "transaction.state.log.replication.factor", replicas,
        "transaction.state.log.min.isr", inSync,
        "transaction.state.log.num.partitions", "4",
        "share.coordinator.state.topic.replication.factor", replicas,
        "share.coordinator.state.topic.min.isr", inSync,
        "share.coordinator.state.topic.num.partitions", "1");
  }

  /**
   * Nothing is deleted unless a topic says so; topics are made on purpose only. After a kill a node
   * is let in again when the session of its former life has ended. A shorter session would shorten
   * that wait, but a machine that is busy for longer than it makes clients wait, too; and
   * controllers of a busy machine that count each other as gone elect without end.
   */
  private static Map<String, String> limits() {
    return Map.ofEntries(
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("log.retention.ms", "-1"),
        Map.entry("message.max.bytes", Integer.toString(4 << 20)),
        Map.entry("transaction.max.timeout.ms", Integer.toString(15 * 60 * 1000)),
        Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("broker.session.timeout.ms", "9000"),
        Map.entry("broker.heartbeat.interval.ms", "500"),
        Map.entry("controller.quorum.fetch.timeout.ms", "5000"),
        Map.entry("controller.quorum.election.timeout.ms", "2000"),
        Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20)),
        Map.entry("num.io.threads", "4"));
  }
}
