package dev.tandem.localkafka;

import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Broker and controller of one node, put together as Kafka's own {@link KafkaRaftServer} does, but
 * with {@link LeaderEndpoints}: after a kill of Kafka's own, a transaction that was committed just
 * before is ended without its markers, and what it wrote is never read (KAFKA-20734).
 */
final class KafkaNode {
  private final ControllerServer controller;
  private final BrokerServer broker;

  KafkaNode(KafkaConfig config) {
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> folders =
        KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(KafkaNode.class), "");
    QuorumConfig quorum = config.quorumConfig();
    SharedServer shared =
        new SharedServer(
            config,
            folders._1(),
            Time.SYSTEM,
            Server.initializeMetrics(config, Time.SYSTEM, folders._1().clusterId().orElseThrow()),
            CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
            QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    broker = new Broker(shared);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), folders._2());
  }

  /** Returns when it serves. */
  void start() {
    controller.startup();
    broker.startup();
  }

  /** Returns when it has ended. */
  void stop() {
    broker.shutdown();
    controller.shutdown();
    broker.awaitShutdown();
    controller.awaitShutdown();
  }

  private static final class Broker extends BrokerServer {
    Broker(SharedServer shared) {
      super(shared);
    }

    @Override
    public String loggerName() {
      return BrokerServer.class.getName();
    }

    /** Is set once, when the broker starts. */
    @Override
    public void metadataCache_$eq(KRaftMetadataCache original) {
      super.metadataCache_$eq(
          new LeaderEndpoints(
              config().nodeId(), () -> sharedServer().raftManager().client().kraftVersion()));
    }
  }
}
