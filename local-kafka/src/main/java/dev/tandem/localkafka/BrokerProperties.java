package dev.tandem.localkafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** What one node that is controller and broker at once is told, sized for one small machine. */
final class BrokerProperties {

  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";

  /** Only this machine may connect. */
  static final String HOST = "127.0.0.1";

  private static final String BROKER = "PLAINTEXT";

  private BrokerProperties() {}

  static Properties of(Path folder, int port, int controllerPort, Map<String, String> extra) {
    Properties properties = new Properties();
    properties.putAll(node(folder, port, controllerPort));
    properties.putAll(oneReplicaOfEverything());
    properties.putAll(limits());
    properties.putAll(extra);
    return properties;
  }

  private static Map<String, String> node(Path folder, int port, int controllerPort) {
    String broker = BROKER + "://" + HOST + ":" + port;
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "controller.quorum.voters",
        NODE_ID + "@" + HOST + ":" + controllerPort,
        "controller.listener.names",
        CONTROLLER,
        "inter.broker.listener.name",
        BROKER,
        "listeners",
        broker + "," + CONTROLLER + "://" + HOST + ":" + controllerPort,
        "advertised.listeners",
        broker,
        "log.dirs",
        folder.toString());
  }

  private static Map<String, String> oneReplicaOfEverything() {
    return Map.of(
        "default.replication.factor", "1",
        "min.insync.replicas", "1",
        "offsets.topic.replication.factor", "1",
        "offsets.topic.num.partitions", "4",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "transaction.state.log.num.partitions", "4",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1",
        "share.coordinator.state.topic.num.partitions", "1");
  }

  /**
   * Nothing is deleted unless a topic says so; topics are made on purpose only. After a kill a node
   * is let in again when the session of its former life has ended. A shorter session would shorten
   * that wait, but a machine that is busy for longer than it makes clients wait, too.
   */
  private static Map<String, String> limits() {
    return Map.of(
        "auto.create.topics.enable", "false",
        "log.retention.ms", "-1",
        "message.max.bytes", Integer.toString(4 << 20),
        "transaction.max.timeout.ms", Integer.toString(15 * 60 * 1000),
        "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
        "group.initial.rebalance.delay.ms", "0",
        "broker.session.timeout.ms", "9000",
        "broker.heartbeat.interval.ms", "500",
        "log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20),
        "num.io.threads", "4");
  }
}
