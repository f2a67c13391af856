package dev.tandem.bench.dataframes;

import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files into a cached DataFrame of trips, that into five group-bys, each written as Parquet. */
public final class Main {
  private Main() {}

  /**
   * @param args folder for the rows, line to print when the work begins, line when it is done, then
   *     the files
   */
  public static void main(String[] args) throws IOException {
    try (SparkSession spark = Trips.session()) {
      System.out.println(args[1]);
      Dataset<Row> trips =
          Trips.read(spark, Arrays.copyOfRange(args, 3, args.length)).drop("id").cache();
      for (Trips.Aggregate aggregate : Trips.AGGREGATES) {
        aggregate.rows(trips).write().parquet(args[0] + "/" + aggregate.name());
      }
      System.out.println(args[2]);
    }
  }
}
