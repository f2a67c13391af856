package dev.tandem.bench.backfill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows as the peers leave them: a folder an aggregate with Parquet files of {@code hour} (hours
 * since 1970) or {@code day} (a date), the dimensions, {@code trips}, and of seconds and miles
 * count, sum, least and greatest.
 */
final class RowFiles {
  static final List<Aggregate> AGGREGATES =
      List.of(
          new Aggregate("trips_hourly", List.of()),
          new Aggregate("trips_daily_by_plan", List.of("plan")),
          new Aggregate("departures_hourly", List.of("start_station")),
          new Aggregate("arrivals_hourly", List.of("end_station")),
          new Aggregate("routes_daily", List.of("start_station", "end_station")));

  private RowFiles() {}

  /** One of the five. */
  record Aggregate(String name, List<String> dimensions) {
    boolean isHourly() {
      return name.endsWith("_hourly");
    }

    /** DuckDB's statement that makes its table. */
    String create() {
      return "create table %s (%s, %s trips bigint, dn bigint, ds bigint, dl bigint, dm bigint, mn bigint, ms decimal(18, 2), ml decimal(18, 2), mm decimal(18, 2))"
          .formatted(
              name,
              isHourly() ? "hour bigint" : "day date",
              dimensions.stream().map(d -> d + " varchar, ").collect(Collectors.joining()));
    }
  }

  /** Writes DuckDB's tables, which are called as the aggregates. */
  static void write(Statement duckdb, Path folder) throws SQLException, IOException {
    for (Aggregate aggregate : AGGREGATES) {
      Path file = Files.createDirectories(folder.resolve(aggregate.name())).resolve("rows.parquet");
      duckdb.execute(
          "copy %s to '%s'".formatted(aggregate.name(), file.toString().replace("'", "''")));
    }
  }
}
