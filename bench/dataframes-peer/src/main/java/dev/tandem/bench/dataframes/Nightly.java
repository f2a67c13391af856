package dev.tandem.bench.dataframes;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The job to its end: of trips with one id one counts, rows are compared with the newest ones of a
 * compacted topic, and those that differ are published there, a tombstone for one that should not
 * be there.
 */
public final class Nightly {
  private Nightly() {}

  /**
   * @param args brokers, topic of the rows, line to print when the work begins, line when it is
   *     done, then the files
   */
  public static void main(String[] args) throws IOException {
    try (SparkSession spark = Trips.session()) {
      System.out.println(args[2]);
      Dataset<Row> trips =
          Trips.read(spark, Arrays.copyOfRange(args, 4, args.length))
              .dropDuplicates("id")
              .drop("id")
              .cache();
      Dataset<Row> computed =
          Trips.AGGREGATES.stream()
              .map(aggregate -> records(aggregate, trips))
              .reduce(Dataset::union)
              .orElseThrow();
      Dataset<Row> served = served(spark, args[0], args[1]);
      computed
          .join(served, computed.col("key").equalTo(served.col("served_key")), "full_outer")
          .where("not (value <=> served)")
          .select(coalesce(col("key"), col("served_key")).as("key"), col("value"))
          .write()
          .format("kafka")
          .option("kafka.bootstrap.servers", args[0])
          .option("kafka.compression.type", "lz4")
          .option("kafka.batch.size", 256 << 10)
          .option("kafka.linger.ms", 100)
          .option("topic", args[1])
          .save();
      System.out.println(args[3]);
    }
  }

  /** An aggregate's rows as records: {@code key} and {@code value}, both JSON. */
  private static Dataset<Row> records(Trips.Aggregate aggregate, Dataset<Row> trips) {
    String window =
        aggregate.window().equals("day") ? "to_timestamp(day)" : "timestamp_seconds(hour * 3600)";
    String key =
        aggregate.dimensions().isEmpty()
            ? "'{}'"
            : aggregate.dimensions().stream()
                .collect(
                    Collectors.joining(
                        ", ", "to_json(struct(", "), map('ignoreNullFields', 'false'))"));
    return aggregate
        .rows(trips)
        .select(
            expr("concat('{\"aggregate\":\"%s\",\"window\":\"', date_format(%s, \"yyyy-MM-dd'T'HH:mm:ssXXX\"), '\",\"key\":', %s, '}')"
                    .formatted(aggregate.name(), window, key))
                .as("key"),
            expr("""
            to_json(struct(trips,
              struct(dn as count, ds as sum, dl as min, dm as max) as duration_s,
              struct(mn as count, ms as sum, ml as min, mm as max) as distance_mi))
            """)
                .as("value"));
  }

  /** The newest record of each row; a row's records are in one partition. */
  private static Dataset<Row> served(SparkSession spark, String brokers, String topic) {
    return spark
        .read()
        .format("kafka")
        .option("kafka.bootstrap.servers", brokers)
        .option("subscribe", topic)
        .load()
        .groupBy(expr("string(key)").as("served_key"))
        .agg(expr("max_by(string(value), offset)").as("served"))
        .where("served is not null");
  }
}
