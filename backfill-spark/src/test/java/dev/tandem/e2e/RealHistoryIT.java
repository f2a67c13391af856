package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All 21 real months: every row that is served equals DuckDB's, and the totals are the known ones.
 */
class RealHistoryIT {
  /** The aggregates that every installation has. */
  private static final String FIVE =
      "aggregate IN ('trips_hourly', 'trips_daily_by_plan', 'departures_hourly', 'arrivals_hourly',"
          + " 'routes_daily')";

  @Test
  void shouldServeWhatDuckDbComputesFromTheSameFiles(@TempDir Path folder) throws Exception {
    Path files = RealFiles.folder();
    try (TestSystem system = new TestSystem(folder, "biketown", "--set", "decisions.learn=true");
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      String replay = system.run(0, "replay", files.toString());
      assertThat(replay)
          .contains("523,588 rows")
          .contains("519,500 events")
          .contains("4,088 rejected");
      String backfill = system.run(0, "backfill", "--files", files.toString());
      assertThat(backfill).contains("523,588").contains("4,088").contains("519,500");
      assertThat(backfill)
          .containsPattern("baseline 1: [1-9]\\d\\d subjects by hour of the week, 1\\d\\d places");
      String verify = system.run(0, "verify", "--files", files.toString());

      BiketownOracle.loadTrips(duckdb, RealFiles.months("2016_07", "2018_03"));
      BiketownOracle.computeRows(duckdb, false);
      ServedRows.load(duckdb, system.bootstrap());
      assertThat(ServedRows.compare(duckdb, FIVE))
          .isEqualTo(new ServedRows.Difference(0, 0, 0, 845_025));
      long all = ServedRows.count(duckdb, "SELECT count(*) FROM expected");
      assertThat(ServedRows.compare(duckdb, "true"))
          .isEqualTo(new ServedRows.Difference(0, 0, 0, all));
      assertThat(verify).contains("%,d rows compared, 0 different".formatted(all));
      assertThat(
              ServedRows.count(
                  duckdb, "SELECT sum(trips) FROM served WHERE aggregate = 'trips_hourly'"))
          .isEqualTo(519_500);
      assertThat(
              ServedRows.count(
                  duckdb, "SELECT sum(d_sum) FROM served WHERE aggregate = 'trips_hourly'"))
          .isEqualTo(785_112_368);
      assertThat(
              ServedRows.count(
                  duckdb, "SELECT sum(m_sum) FROM served WHERE aggregate = 'trips_hourly'"))
          .isEqualTo(99_547_277);
      assertThat(system.app().stop()).isLessThan(Duration.ofSeconds(10));
    }
  }
}
