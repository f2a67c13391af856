package dev.tandem.bench.dataframes;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Files into a cached DataFrame of trips, that into five group-bys, each written as Parquet. Local
 * times are read in the session's time zone.
 */
public final class Main {
  private Main() {}

  /**
   * @param args folder for the rows, line to print when the work begins, line when it is done, then
   *     the files
   */
  public static void main(String[] args) throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[*]")
            .appName("trips")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.session.timeZone", "America/Los_Angeles")
            .config("spark.sql.shuffle.partitions", 2 * cores)
            .getOrCreate()) {
      System.out.println(args[1]);
      Dataset<Row> trips = trips(spark, Arrays.copyOfRange(args, 3, args.length)).cache();
      Column hour = col("started").as("hour");
      Column start = col("start_station");
      Column end = col("end_station");
      write(trips, args[0], "trips_hourly", hour);
      write(trips, args[0], "trips_daily_by_plan", col("day"), col("plan"));
      write(trips, args[0], "departures_hourly", hour, start);
      write(
          trips.where(col("ended").isNotNull()),
          args[0],
          "arrivals_hourly",
          col("ended").as("hour"),
          end);
      write(trips, args[0], "routes_daily", col("day"), start, end);
      System.out.println(args[2]);
    }
  }

  private static Dataset<Row> trips(SparkSession spark, String... files) {
    Dataset<Row> csv = spark.read().option("header", true).csv(files);
    // Some months call it otherwise.
    String miles =
        Arrays.asList(csv.columns()).contains("Distance_Miles")
            ? "Distance_Miles"
            : "Distance_Miles_";
    return csv.where("trim(RouteID) <> ''")
        .select(
            name("PaymentPlan", "plan"),
            name("StartHub", "start_station"),
            name("EndHub", "end_station"),
            time("StartDate", "StartTime").as("b"),
            time("EndDate", "EndTime").as("f"),
            expr("split(trim(Duration), ':')").as("hms"),
            expr("try_cast(trim(" + miles + ") as decimal(18, 2))").as("m"))
        .where("b is not null")
        .withColumn(
            "d",
            expr(
                """
                coalesce(try_cast(try_element_at(hms, 1) as bigint) * 3600
                    + try_cast(try_element_at(hms, 2) as bigint) * 60
                    + try_cast(try_element_at(hms, 3) as bigint),
                  case when f >= b then cast(f as bigint) - cast(b as bigint) end)
                """))
        .select(
            col("plan"),
            col("start_station"),
            col("end_station"),
            expr("cast(b as bigint) div 3600").as("started"),
            expr("to_date(b)").as("day"),
            expr("case when f between b and b + interval 24 hours then cast(f as bigint) div 3600"
                    + " end")
                .as("ended"),
            expr("case when d between 0 and 86400 then d end").as("d"),
            expr("case when m between 0 and 100 then m end").as("m"));
  }

  private static Column name(String column, String name) {
    return expr("nullif(trim(" + column + "), '')").as(name);
  }

  private static Column time(String date, String time) {
    return expr(
        "try_to_timestamp(concat(trim(%s), ' ', trim(%s)), 'M/d/yyyy H:mm')".formatted(date, time));
  }

  private static void write(Dataset<Row> trips, String folder, String aggregate, Column... by) {
    Column d = col("d");
    Column m = col("m");
    trips
        .groupBy(by)
        .agg(
            count(lit(1)).as("trips"),
            count(d).as("dn"),
            coalesce(sum(d), lit(0L)).as("ds"),
            min(d).as("dl"),
            max(d).as("dm"),
            count(m).as("mn"),
            coalesce(sum(m), lit(0)).cast("decimal(18, 2)").as("ms"),
            min(m).as("ml"),
            max(m).as("mm"))
        .write()
        .parquet(folder + "/" + aggregate);
  }
}
