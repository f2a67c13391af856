package dev.tandem.streams.service;

import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.kafka.TopicSpec;
import dev.tandem.core.kafka.Topics;
import dev.tandem.streams.topology.TandemTopology;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Properties of Kafka Streams: what throughput wants, then the user's {@code kafka.properties} and
 * {@code streams.properties}, then what correctness rests on and nobody may change.
 */
final class StreamsProperties {
  private static final int MAX_RECORD = 4 << 20;

  private StreamsProperties() {}

  /**
   * @param self where other instances find this one, {@code HOST:PORT}
   */
  static Properties of(Settings settings, Topics topics, String self) {
    Map<String, Object> all = new HashMap<>(throughput());
    settings.get(Keys.TOPICS_REPLICATION).ifPresent(n -> all.putAll(replication(n)));
    all.putAll(settings.streams());
    all.putAll(fixed(settings, topics));
    all.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self);
    Properties properties = new Properties();
    properties.putAll(all);
    return properties;
  }

  private static Map<String, Object> throughput() {
    Map<String, Object> p = new HashMap<>();
    // A commit sends what there is at once; before it nobody can read it.
    p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 1_000);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 << 10);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    p.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 64L << 20);
    // Right after a commit the broker may refuse the first request of the next transaction for a
    // moment; others in flight behind it would come out of sequence and all be sent again.
    p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 1_000);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 16 << 20);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 2 << 20);
    p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 1_000);
    // Nothing rests on the order between a task's two inputs. Where it waits for the other one,
    // Kafka Streams 4.3.1 formats a message that is not logged, at every record while that is
    // empty.
    p.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    // A task is restored when its changelogs' ends are reached, which a reader that waits for more
    // records is told of late.
    p.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 20);
    // A member that is gone is missed after this; a restart before it takes its tasks back at once.
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 20_000);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_000);
    // An instance that has to restore much gets its share when it has; asked for at this interval,
    // not at Kafka's of ten minutes, for which an instance started again would stand idle.
    p.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000L);
    p.put(CommonClientConfigs.METRICS_NUM_SAMPLES_CONFIG, 2);
    return p;
  }

  /** Of changelogs and partials, as of the pipeline's other topics. */
  private static Map<String, Object> replication(int copies) {
    Map<String, Object> p = new HashMap<>();
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, copies);
    TopicSpec.inSync(copies).forEach((key, value) -> p.put(StreamsConfig.topicPrefix(key), value));
    return p;
  }

  private static Map<String, Object> fixed(Settings settings, Topics topics) {
    Path stateDir = settings.get(Keys.STATE_DIR).resolve("streams");
    Map<String, Object> p = new HashMap<>();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, topics.applicationId());
    p.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    p.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        settings.get(Keys.INSTANCE_ID).orElseGet(() -> instanceOf(stateDir)));
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.get(Keys.STREAM_THREADS));
    p.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        TandemTopology.commitByItself(settings.get(Keys.COMMIT_INTERVAL)).toMillis());
    p.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDb.class);
    p.put(SharedRocksDb.MEMORY, settings.get(Keys.ROCKSDB_MEMORY));
    p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_RECORD);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 30_000);
    p.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), MAX_RECORD);
    return p;
  }

  /** Whether other instances keep copies of rows that they do not work on. */
  static boolean hasStandbys(Settings settings) {
    Object replicas = settings.streams().get(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG);
    return replicas != null && !replicas.toString().strip().equals("0");
  }

  /** The same after a restart on this machine with this state folder, and of no other member. */
  static String instanceOf(Path stateDir) {
    String folder = stateDir.toAbsolutePath().normalize().toString();
    String hash =
        UUID.nameUUIDFromBytes(folder.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 8);
    return host().orElse("localhost").replaceAll("[^a-zA-Z0-9._-]", "_") + "-" + hash;
  }

  private static Optional<String> host() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
