package dev.tandem.bench.dataframes;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files as a DataFrame of trips, and rows of them. Local times are those of the session's zone. */
final class Trips {
  /** The five. */
  static final List<Aggregate> AGGREGATES =
      List.of(
          new Aggregate("trips_hourly", "started", List.of()),
          new Aggregate("trips_daily_by_plan", "day", List.of("plan")),
          new Aggregate("departures_hourly", "started", List.of("start_station")),
          new Aggregate("arrivals_hourly", "ended", List.of("end_station")),
          new Aggregate("routes_daily", "day", List.of("start_station", "end_station")));

  private Trips() {}

  /**
   * One of the five.
   *
   * @param time the column of its window: {@code started} and {@code ended} are hours, {@code day}
   *     a date
   */
  record Aggregate(String name, String time, List<String> dimensions) {
    String window() {
      return time.equals("day") ? "day" : "hour";
    }

    /** Its rows: window, dimensions, and the numbers. */
    Dataset<Row> rows(Dataset<Row> trips) {
      Column d = col("d");
      Column m = col("m");
      Column[] by = new Column[dimensions.size() + 1];
      by[0] = col(time).as(window());
      for (int i = 0; i < dimensions.size(); i++) {
        by[i + 1] = col(dimensions.get(i));
      }
      return (time.equals("ended") ? trips.where("ended is not null") : trips)
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
              max(m).as("mm"));
    }
  }

  static SparkSession session() {
    return SparkSession.builder()
        .master("local[*]")
        .appName("trips")
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "America/Los_Angeles")
        .config("spark.sql.shuffle.partitions", 2 * Runtime.getRuntime().availableProcessors())
        .getOrCreate();
  }

  /** The trips of some files, {@code id} among their columns. */
  static Dataset<Row> read(SparkSession spark, String... files) {
    Dataset<Row> csv = spark.read().option("header", true).csv(files);
    // Some months call it otherwise.
    String miles =
        Arrays.asList(csv.columns()).contains("Distance_Miles")
            ? "Distance_Miles"
            : "Distance_Miles_";
    return csv.where("trim(RouteID) <> ''")
        .select(
            expr("trim(RouteID)").as("id"),
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
            col("id"),
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
}
