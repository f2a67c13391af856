package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backfill while a replay goes on into the same windows. */
class BusyBackfillIT {
  @Test
  void shouldBeExactWhenEventsArriveDuringTheBackfill(@TempDir Path folder) throws Exception {
    List<Path> months = RealFiles.months("2017_05", "2017_07");
    String[] files = months.stream().map(Path::toString).toArray(String[]::new);
    String[] verify = new String[files.length + 1];
    verify[0] = "--files";
    System.arraycopy(files, 0, verify, 1, files.length);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        TestSystem system = new TestSystem(folder, "biketown")) {
      // Some of the history is there when the backfill begins, and more comes while it works.
      String[] rated = new String[files.length + 2];
      rated[0] = "--rate";
      rated[1] = "1200";
      System.arraycopy(files, 0, rated, 2, files.length);
      try (TandemProcess replay = system.start("replay", rated)) {
        Thread.sleep(3_000);
        system.run(0, "backfill", verify);
        assertThat(replay.join(Duration.ofMinutes(4))).isZero();
      }
      JsonNode run = new ObjectMapper().readTree(system.get("/api/v1/biketown/runs/1"));
      long beforeTheCut = 0;
      for (JsonNode offset : run.path("cut")) {
        beforeTheCut += offset.longValue();
      }
      assertThat(beforeTheCut).as("events lie on both sides of the cut").isBetween(1L, 128_000L);
      assertThat(system.run(0, "verify", verify)).contains(", 0 different");
      BiketownOracle.loadTrips(duckdb, months);
      BiketownOracle.computeRows(duckdb, false);
      ServedRows.load(duckdb, system.bootstrap());
      assertThat(ServedRows.compare(duckdb, "true"))
          .isEqualTo(
              new ServedRows.Difference(
                  0, 0, 0, ServedRows.count(duckdb, "SELECT count(*) FROM expected")));
    }
  }
}
