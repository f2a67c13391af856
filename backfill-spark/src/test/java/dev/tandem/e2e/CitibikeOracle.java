package dev.tandem.e2e;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The trips of Citi Bike read by DuckDB, in SQL of its own, from a file of the columns until
 * 2021-01 and one of those since; {@link BiketownOracle} makes rows of them.
 */
final class CitibikeOracle {
  private CitibikeOracle() {}

  /**
   * Makes tables {@code trips}, rules applied, times as UTC timestamps, and {@code expected}.
   *
   * @param legacy trips of 2020
   * @param current trips of 2021, before the clock change in March
   */
  static void computeRows(Connection duckdb, Path legacy, Path current) throws SQLException {
    try (Statement sql = duckdb.createStatement()) {
      sql.execute(
          """
          CREATE MACRO to_utc(t) AS t + CASE
            WHEN t >= '2020-03-08 03:00' AND t < '2020-11-01 02:00' THEN INTERVAL 4 HOUR ELSE INTERVAL 5 HOUR END
          """);
      sql.execute(
          """
          CREATE MACRO utc_offset(u) AS CASE
            WHEN u >= '2020-03-08 07:00' AND u < '2020-11-01 06:00' THEN 4 ELSE 5 END
          """);
      sql.execute(
          """
          CREATE TABLE trips AS
          WITH decoded AS (
            SELECT bikeid || '|' || starttime AS trip_id, starttime AS started_text, stoptime AS ended_text, usertype AS plan,
              "start station name" AS start_name, "end station name" AS end_name, bikeid AS bike,
              CAST(tripduration AS BIGINT) AS duration
            FROM read_csv('LEGACY', header = true, all_varchar = true)
            UNION ALL
            SELECT ride_id, started_at, ended_at, member_casual, start_station_name, end_station_name, NULL, NULL
            FROM read_csv('CURRENT', header = true, all_varchar = true)),
          typed AS (
            SELECT trip_id, nullif(trim(plan), '') AS plan, nullif(trim(start_name), '') AS start_station,
              nullif(trim(end_name), '') AS end_station, bike, duration,
              to_utc(CAST(started_text AS TIMESTAMP)) AS started, to_utc(CAST(ended_text AS TIMESTAMP)) AS ended_raw
            FROM decoded
            QUALIFY row_number() OVER (PARTITION BY trip_id) = 1),
          filled AS (
            SELECT *, CASE WHEN duration IS NULL AND ended_raw >= started
              THEN CAST(floor(epoch(ended_raw) - epoch(started)) AS BIGINT) ELSE duration END AS duration_filled
            FROM typed)
          SELECT trip_id, started, plan, start_station, end_station, bike,
            CASE WHEN duration_filled BETWEEN 0 AND 86400 THEN duration_filled END AS seconds,
            NULL::BIGINT AS miles100,
            CASE WHEN ended_raw >= started AND ended_raw <= started + INTERVAL 24 HOUR THEN ended_raw END AS ended
          FROM filled
          """
              .replace("LEGACY", legacy.toString())
              .replace("CURRENT", current.toString()));
    }
    BiketownOracle.computeFive(duckdb);
  }
}
