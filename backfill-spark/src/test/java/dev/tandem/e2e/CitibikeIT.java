package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two months of Citi Bike in the two formats of its publisher, in one run: what the stream serves
 * is what DuckDB computes from the same files, before the backfill and after it.
 */
class CitibikeIT {

  @Test
  void shouldServeWhatDuckDbComputesFromFilesOfBothFormats(@TempDir Path folder) throws Exception {
    Path files = RealFiles.folder("citibike-jc");
    try (TestSystem system = new TestSystem(folder, "citibike");
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      CitibikeOracle.computeRows(
          duckdb,
          files.resolve("JC-202004-citibike-tripdata.csv.gz"),
          files.resolve("JC-202102-citibike-tripdata.csv.gz"));
      assertThat(system.run(0, "replay", files.toString()))
          .contains("14,149 rows read, 14,149 events published", " 0 rejected");
      long rows = ServedRows.count(duckdb, "SELECT count(*) FROM expected");
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> assertServed(system, duckdb, rows));

      system.run(0, "backfill", "--files", files.toString());
      assertThat(system.run(0, "verify", "--files", files.toString()))
          .contains("%,d rows compared, 0 different".formatted(rows));
      assertServed(system, duckdb, rows);
      assertThat(
              ServedRows.count(
                  duckdb, "SELECT sum(trips) FROM served WHERE aggregate = 'trips_hourly'"))
          .isEqualTo(14_149);
      assertThat(ServedRows.count(duckdb, "SELECT count(*) FROM served WHERE m_count > 0"))
          .isZero();
    }
  }

  private static void assertServed(TestSystem system, Connection duckdb, long rows)
      throws Exception {
    ServedRows.load(duckdb, system.bootstrap(), "citibike.aggregates");
    assertThat(ServedRows.compare(duckdb, "true"))
        .isEqualTo(new ServedRows.Difference(0, 0, 0, rows));
  }
}
