package dev.tandem.e2e;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The aggregates of BIKETOWN computed by DuckDB from the files alone, in SQL of its own: what
 * Tandem serves must equal this. Shares no code with Tandem; even the clock changes of 2016 to 2018
 * are written out.
 *
 * <p>Table {@code expected}: aggregate, window (ISO-8601 with offset), the dimensions as text (null
 * where the aggregate does not have them), then trips and count, sum, min, max of seconds and of
 * hundredths of a mile (null min and max at count 0), and the ids of the trips.
 */
final class BiketownOracle {
  private BiketownOracle() {}

  /** What makes rows of one aggregate from table {@code trips}. */
  private record Aggregate(
      String name, String unit, String time, String plan, String start, String end, String bike) {}

  private static final String STATIONS = "stations_monthly";

  private static final List<Aggregate> FIVE =
      List.of(
          new Aggregate("trips_hourly", "hour", "started", null, null, null, null),
          new Aggregate("trips_daily_by_plan", "day", "started", "plan", null, null, null),
          new Aggregate("departures_hourly", "hour", "started", null, "start_station", null, null),
          new Aggregate("arrivals_hourly", "hour", "ended", null, null, "end_station", null),
          new Aggregate(
              "routes_daily", "day", "started", null, "start_station", "end_station", null));

  /** What the page needs beside them; of the stations' coordinates only the trips are compared. */
  private static final List<Aggregate> OF_THE_PAGE =
      List.of(
          new Aggregate("trips_hourly_by_plan", "hour", "started", "plan", null, null, null),
          new Aggregate(
              "trips_hourly_by_plan_and_route",
              "hour",
              "started",
              "plan",
              "start_station",
              "end_station",
              null),
          new Aggregate(STATIONS, "month", "started", null, "start_station", null, null));

  private static final String STATS =
      """
      count(seconds) AS d_count, coalesce(sum(seconds), 0)::BIGINT AS d_sum, min(seconds) AS d_min, max(seconds) AS d_max,
      count(miles100) AS m_count, coalesce(sum(miles100), 0)::BIGINT AS m_sum, min(miles100) AS m_min, max(miles100) AS m_max\
      """;
  private static final String NO_STATS =
      "NULL AS d_count, NULL AS d_sum, NULL AS d_min, NULL AS d_max, NULL AS m_count, NULL AS"
          + " m_sum, NULL AS m_min, NULL AS m_max";

  private static final Aggregate BIKES_MONTHLY =
      new Aggregate("bikes_monthly", "month", "started", null, null, null, "bike");

  /** Makes table {@code trips}: one row a trip, rules applied, times as UTC timestamps. */
  static void loadTrips(Connection duckdb, List<Path> files) throws SQLException {
    String list =
        files.stream().map(f -> "'" + f + "'").collect(Collectors.joining(", ", "[", "]"));
    try (Statement sql = duckdb.createStatement()) {
      sql.execute(
          """
          CREATE OR REPLACE TABLE raw AS
          SELECT * FROM read_csv(%s, header = true, all_varchar = true, union_by_name = true, nullstr = '')
          """
              .formatted(list));
      // A local time is daylight saving time from 3:00 of the spring day to 2:00 of the autumn day
      // (the earlier of two
      // readings); 2:00 to 3:00 of the spring day does not exist and moves forward, which is
      // standard time's instant.
      sql.execute(
          """
          CREATE OR REPLACE MACRO to_utc(t) AS t + CASE
            WHEN t >= '2016-03-13 03:00' AND t < '2016-11-06 02:00'
              OR t >= '2017-03-12 03:00' AND t < '2017-11-05 02:00'
              OR t >= '2018-03-11 03:00' AND t < '2018-11-04 02:00'
            THEN INTERVAL 7 HOUR ELSE INTERVAL 8 HOUR END
          """);
      sql.execute(
          """
          CREATE OR REPLACE MACRO utc_offset(u) AS CASE
            WHEN u >= '2016-03-13 10:00' AND u < '2016-11-06 09:00'
              OR u >= '2017-03-12 10:00' AND u < '2017-11-05 09:00'
              OR u >= '2018-03-11 10:00' AND u < '2018-11-04 09:00'
            THEN 7 ELSE 8 END
          """);
      sql.execute(
          """
          CREATE OR REPLACE MACRO seconds(d) AS CASE
            WHEN regexp_full_match(d, '[0-9]+:[0-9]{2}:[0-9]{2}')
            THEN CAST(split_part(d, ':', 1) AS BIGINT) * 3600
               + CAST(split_part(d, ':', 2) AS BIGINT) * 60 + CAST(split_part(d, ':', 3) AS BIGINT) END
          """);
      sql.execute(
          """
          CREATE OR REPLACE TABLE trips AS
          WITH decoded AS (
            SELECT trim(RouteID) AS trip_id,
              to_utc(strptime(trim(StartDate) || ' ' || trim(StartTime), '%m/%d/%Y %H:%M')) AS started,
              to_utc(try_strptime(trim(EndDate) || ' ' || trim(EndTime), '%m/%d/%Y %H:%M')) AS ended_raw,
              nullif(trim(PaymentPlan), '') AS plan,
              nullif(trim(StartHub), '') AS start_station,
              nullif(trim(EndHub), '') AS end_station,
              nullif(trim(BikeID), '') AS bike,
              seconds(trim(Duration)) AS duration_raw,
              CAST(round(TRY_CAST(Distance_Miles AS DECIMAL(18, 6)) * 100) AS BIGINT) AS miles100_raw
            FROM raw WHERE RouteID IS NOT NULL AND trim(RouteID) <> ''),
          filled AS (
            SELECT *, CASE WHEN duration_raw IS NULL AND ended_raw >= started
              THEN CAST(epoch(ended_raw) - epoch(started) AS BIGINT) ELSE duration_raw END AS duration_filled
            FROM decoded)
          SELECT trip_id, started, plan, start_station, end_station, bike,
            CASE WHEN duration_filled BETWEEN 0 AND 86400 THEN duration_filled END AS seconds,
            CASE WHEN miles100_raw BETWEEN 0 AND 10000 THEN miles100_raw END AS miles100,
            CASE WHEN ended_raw >= started AND ended_raw <= started + INTERVAL 24 HOUR THEN ended_raw END AS ended
          FROM filled
          """);
    }
  }

  /** Makes table {@code expected} from table {@code trips}. */
  static void computeRows(Connection duckdb, boolean withBikes) throws SQLException {
    List<Aggregate> all = new ArrayList<>(FIVE);
    all.addAll(OF_THE_PAGE);
    if (withBikes) {
      all.add(BIKES_MONTHLY);
    }
    compute(duckdb, all);
  }

  /** The same with the aggregates that every bike share has. */
  static void computeFive(Connection duckdb) throws SQLException {
    compute(duckdb, FIVE);
  }

  private static void compute(Connection duckdb, List<Aggregate> all) throws SQLException {
    try (Statement sql = duckdb.createStatement()) {
      String union =
          all.stream().map(BiketownOracle::select).collect(Collectors.joining("\nUNION ALL\n"));
      sql.execute("CREATE OR REPLACE TABLE expected AS\n" + union);
    }
  }

  private static String select(Aggregate a) {
    String window =
        switch (a.unit) {
          case "hour" ->
              "strftime(date_trunc('hour', u) - to_hours(utc_offset(u)), '%Y-%m-%dT%H:00:00')"
                  + " || '-0' || utc_offset(u) || ':00'";
          default ->
              "strftime(date_trunc('UNIT', u - to_hours(utc_offset(u))), '%Y-%m-%dT00:00:00')"
                      .replace("UNIT", a.unit)
                  + " || '-0' || utc_offset(to_utc(date_trunc('UNIT', u - to_hours(utc_offset(u))))) || ':00'"
                      .replace("UNIT", a.unit);
        };
    return """
    SELECT '%s' AS aggregate, %s AS window_start, %s AS plan, %s AS start_station, %s AS end_station, %s AS bike,
      count(*) AS trips, %s,
      list(trip_id) AS ids
    FROM (SELECT *, %s AS u FROM trips WHERE %s IS NOT NULL) GROUP BY 1, 2, 3, 4, 5, 6\
    """
        .formatted(
            a.name,
            window,
            text(a.plan),
            text(a.start),
            text(a.end),
            text(a.bike),
            a.name.equals(STATIONS) ? NO_STATS : STATS,
            a.time,
            a.time);
  }

  private static String text(String column) {
    return column == null ? "NULL::VARCHAR" : column;
  }
}
