package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.backfill.engine.ArchivedLog;
import dev.tandem.backfill.engine.Engine;
import dev.tandem.backfill.engine.Events;
import dev.tandem.backfill.engine.Lake;
import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.backfill.engine.Rows;
import dev.tandem.backfill.engine.Selection;
import dev.tandem.backfill.report.Source;
import dev.tandem.core.time.TimeRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * DuckDB reads the Parquet of a lake and finds the rows that it computes from the same files. One
 * of them Tandem reads as Parquet that DuckDB made of it.
 */
class LakeIT {
  private static final TimeRange MARCH = new TimeRange(1_488_355_200_000L, 1_491_030_000_000L);

  @TempDir private Path folder;

  @Test
  void shouldHoldTheRowsThatDuckDbComputesAndReplaceOnlyTheMonthsOfTheRange() throws Exception {
    List<Path> files = RealFiles.months("2017_02", "2017_03");
    Path config = Path.of(System.getProperty("tandem.home")).resolve("config");
    PipelineText pipeline = PipelineText.load(config, "biketown");
    try (Engine engine =
            Engine.start("lake", pipeline, Map.of(), Map.of(), Optional.of("local[2]"));
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      write(engine, pipeline, List.of(files.get(0), parquet(duckdb, files.get(1))), TimeRange.ALL);
      BiketownOracle.loadTrips(duckdb, files);
      BiketownOracle.computeRows(duckdb, false);
      assertThat(different(duckdb, "trips_hourly", "NULL", "NULL", "NULL")).isZero();
      assertThat(different(duckdb, "trips_daily_by_plan", "plan", "NULL", "NULL")).isZero();
      assertThat(different(duckdb, "departures_hourly", "NULL", "start_station", "NULL")).isZero();
      assertThat(different(duckdb, "arrivals_hourly", "NULL", "NULL", "end_station")).isZero();
      assertThat(different(duckdb, "routes_daily", "NULL", "start_station", "end_station"))
          .isZero();

      byte[] february = Files.readAllBytes(month("2017-02"));
      write(engine, pipeline, files.subList(0, 1), MARCH);
      assertThat(month("2017-03")).doesNotExist();
      assertThat(Files.readAllBytes(month("2017-02"))).isEqualTo(february);
      try (var left = Files.list(folder.resolve("biketown"))) {
        assertThat(left).hasSize(pipeline.definition().aggregates().size());
      }
    }
  }

  private Path parquet(Connection duckdb, Path csv) throws SQLException {
    Path copy = folder.resolve("march.parquet");
    try (Statement sql = duckdb.createStatement()) {
      sql.execute(
          "COPY (FROM read_csv('%s', dateformat = '%%m/%%d/%%Y', sample_size = -1)) TO '%s' (FORMAT parquet)"
              .formatted(csv, copy));
    }
    return copy;
  }

  private Path month(String month) {
    return folder.resolve("biketown/trips_hourly/month=" + month + "/rows.parquet");
  }

  private void write(Engine engine, PipelineText pipeline, List<Path> files, TimeRange range) {
    List<String> names = files.stream().map(Path::toString).toList();
    Lake lake = Lake.of(folder, pipeline.definition(), range);
    try (Events events = engine.read(names, ArchivedLog.NONE, Map.of(), Map.of(), Map.of());
        Rows rows = events.fold(Selection.of(Source.FILES, range, 1), true)) {
      rows.write(lake);
    }
  }

  /** Rows that only one side has; both sides must have some. */
  private long different(Connection duckdb, String aggregate, String plan, String start, String end)
      throws SQLException {
    String glob = folder.resolve("biketown/" + aggregate + "/*/*.parquet").toString();
    try (Statement sql = duckdb.createStatement()) {
      sql.execute(
          """
          CREATE OR REPLACE TEMP VIEW lake AS
          SELECT epoch_ms(window_start) AS w, %s::VARCHAR AS plan, %s::VARCHAR AS s, %s::VARCHAR AS e, trips,
            duration_s_count, duration_s_sum, duration_s_min, duration_s_max, distance_mi_count,
            (distance_mi_sum * 100)::BIGINT, (distance_mi_min * 100)::BIGINT, (distance_mi_max * 100)::BIGINT
          FROM read_parquet('%s', hive_partitioning = true)
          """
              .formatted(plan, start, end, glob));
      sql.execute(
          """
          CREATE OR REPLACE TEMP VIEW wanted AS
          SELECT epoch_ms(window_start::TIMESTAMPTZ) AS w, plan, start_station, end_station, trips,
            d_count, d_sum, d_min, d_max, m_count, m_sum, m_min, m_max
          FROM expected WHERE aggregate = '%s'
          """
              .formatted(aggregate));
      assertThat(number(sql, "SELECT count(*) FROM lake")).isGreaterThan(50);
      return number(
          sql,
          "SELECT count(*) FROM ((FROM lake EXCEPT ALL FROM wanted) UNION ALL"
              + " (FROM wanted EXCEPT ALL FROM lake))");
    }
  }

  private static long number(Statement sql, String query) throws SQLException {
    try (ResultSet result = sql.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
