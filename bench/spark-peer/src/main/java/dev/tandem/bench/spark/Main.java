package dev.tandem.bench.spark;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Runs one streaming query in this JVM until it is stopped: two cores and two shuffle partitions,
 * state in RocksDB with changelogs as checkpoints, rows that changed as records of a topic.
 */
public final class Main {
  private static final String CORES = "2";

  private Main() {}

  /**
   * @param args brokers, input topic, output topic, folder, milliseconds between micro-batches,
   *     most events of a micro-batch
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[3]);
    SparkSession spark = session(folder);
    Dataset<Row> rows = rows(spark, events(spark, args[0], args[1], args[5]));
    rows.writeStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", args[0])
        .option("kafka.compression.type", "lz4")
        .option("kafka.batch.size", 256 << 10)
        .option("kafka.linger.ms", 1_000)
        .option("topic", args[2])
        .option("checkpointLocation", folder.resolve("checkpoint").toString())
        .outputMode("update")
        .trigger(Trigger.ProcessingTime(Long.parseLong(args[4])))
        .start()
        .awaitTermination();
  }

  private static SparkSession session(Path folder) {
    return SparkSession.builder()
        .master("local[" + CORES + "]")
        .appName("rows")
        .config("spark.ui.enabled", false)
        .config("spark.local.dir", folder.resolve("local").toString())
        .config("spark.sql.session.timeZone", TripsSql.ZONE)
        .config("spark.sql.shuffle.partitions", CORES)
        .config(
            "spark.sql.streaming.stateStore.providerClass",
            RocksDBStateStoreProvider.class.getName())
        .config("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", true)
        .config("spark.sql.streaming.noDataMicroBatches.enabled", false)
        .getOrCreate();
  }

  private static Dataset<Row> events(
      SparkSession spark, String brokers, String topic, String mostEvents) {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", brokers)
        .option("subscribe", topic)
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", mostEvents)
        .option("kafka.max.poll.records", 4_000)
        .load();
  }

  private static Dataset<Row> rows(SparkSession spark, Dataset<Row> records) {
    records.createOrReplaceTempView("records");
    spark.sql(TripsSql.EVENTS.formatted("records")).createOrReplaceTempView("events");
    spark.sql(TripsSql.TRIPS.formatted("events")).createOrReplaceTempView("trips");
    spark.sql(TripsSql.CONTRIBUTIONS.formatted("trips")).createOrReplaceTempView("contributions");
    spark.sql(TripsSql.TOTALS.formatted("contributions")).createOrReplaceTempView("totals");
    return spark.sql(TripsSql.PUBLISHED.formatted("totals", TripsSql.KEEP_NULLS));
  }
}
