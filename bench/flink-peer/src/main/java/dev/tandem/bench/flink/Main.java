package dev.tandem.bench.flink;

import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Runs the job in this JVM until it is stopped: RocksDB with incremental checkpoints, timers on the
 * heap, objects reused, two slots, rows in transactions that end with checkpoints.
 */
public final class Main {
  private static final int PARALLELISM = 2;
  private static final String TRANSACTION_TIMEOUT_MS = "600000";

  private Main() {}

  /**
   * @param args brokers, input topic, output topic, folder, milliseconds between checkpoints
   */
  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            PARALLELISM, configuration(Path.of(args[3])));
    env.enableCheckpointing(Long.parseLong(args[4]), CheckpointingMode.EXACTLY_ONCE);
    env.getConfig().enableObjectReuse();
    env.fromSource(source(args[0], args[1]), WatermarkStrategy.noWatermarks(), "events")
        .flatMap(new Contributions())
        .returns(Types.TUPLE(Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
        .keyBy(contribution -> contribution.f0)
        .process(new RowTotals())
        .sinkTo(sink(args[0], args[2]));
    env.execute("rows");
  }

  private static Configuration configuration(Path folder) {
    Configuration c = new Configuration();
    c.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    c.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    c.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.resolve("checkpoints").toUri().toString());
    c.set(RocksDBOptions.LOCAL_DIRECTORIES, folder.resolve("rocksdb").toString());
    c.set(RocksDBOptions.TIMER_SERVICE_FACTORY, PriorityQueueStateType.HEAP);
    c.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    c.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    c.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    c.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    return c;
  }

  private static KafkaSource<byte[]> source(String brokers, String topic) {
    return KafkaSource.<byte[]>builder()
        .setBootstrapServers(brokers)
        .setTopics(topic)
        .setGroupId("flink")
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(KafkaRecordDeserializationSchema.valueOnly(ByteArrayDeserializer.class))
        .setProperty("max.poll.records", "4000")
        .setProperty("commit.offsets.on.checkpoint", "false")
        .build();
  }

  private static KafkaSink<Row> sink(String brokers, String topic) {
    return KafkaSink.<Row>builder()
        .setBootstrapServers(brokers)
        .setRecordSerializer(new RowRecords(topic))
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix("flink-rows")
        .setProperty("register.producer.metrics", "false")
        .setProperty("transaction.timeout.ms", TRANSACTION_TIMEOUT_MS)
        .setProperty("compression.type", "lz4")
        .setProperty("batch.size", Integer.toString(256 << 10))
        .setProperty("linger.ms", "1000")
        .build();
  }
}
