package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backfill of a real month from a file that is wrong, undone while new trips came. */
class UndoneMistakeIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void shouldServeWhatDuckDbComputesFromTheRightFileAndTheNewTrips(@TempDir Path folder)
      throws Exception {
    Path march = RealFiles.months("2017_03", "2017_03").get(0);
    Path wrong = mistaken(march, folder.resolve("2017_03_wrong.csv"));
    Path report = folder.resolve("report.json");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        TestSystem system = new TestSystem(folder, "biketown")) {
      system.run(0, "replay", march.toString());
      system.run(
          0,
          "backfill",
          "--files",
          march.toString(),
          "--source",
          "files",
          "--report",
          report.toString());
      JsonNode right = JSON.readTree(report.toFile()).get("certificate");
      system.run(
          0, "backfill", "--files", wrong.toString(), "--source", "files", "--max-change", "100%");
      system.run(1, "verify", "--files", march.toString());

      assertThat(system.run(0, "backfill", "--undo", "2", "--report", report.toString()))
          .contains("from what run 1 was made of: source files, 1 file")
          .contains("it undoes run 2");
      JsonNode undone = JSON.readTree(report.toFile());
      assertThat(undone.get("certificate")).as("the same rows, bit by bit").isEqualTo(right);
      assertThat(undone.at("/ledger/balances").asBoolean()).isTrue();
      assertThat(undone.at("/rows/corrected").asLong()).isPositive();
      assertThat(system.run(0, "verify", "--files", march.toString())).contains("Proved: ");

      // Undone again and again: trips that come between two runs count ever after.
      system.run(0, "backfill", "--undo", "3");
      WrongEvents.sendInvented(system.bootstrap(), "2017-03-14", 50);
      system.run(0, "backfill", "--undo", "4");
      system.run(0, "verify", "--files", march.toString());
      BiketownOracle.loadTrips(duckdb, List.of(march));
      insertInvented(duckdb);
      BiketownOracle.computeRows(duckdb, false);
      ServedRows.load(duckdb, system.bootstrap());
      assertThat(ServedRows.compare(duckdb, "true"))
          .isEqualTo(
              new ServedRows.Difference(
                  0, 0, 0, ServedRows.count(duckdb, "SELECT count(*) FROM expected")));
    }
  }

  /** Every fifth line left out, another station in every seventh. */
  private static Path mistaken(Path gzip, Path to) throws IOException {
    List<String> lines;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(gzip))) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    List<String> kept = new ArrayList<>(lines.subList(0, 1));
    for (int i = 1; i < lines.size(); i++) {
      if (i % 5 != 0) {
        kept.add(i % 7 == 0 ? lines.get(i).replace("SW ", "Not SW ") : lines.get(i));
      }
    }
    return Files.write(to, kept);
  }

  /** What {@link WrongEvents#sendInvented} sends. */
  private static void insertInvented(Connection duckdb) throws SQLException {
    try (Statement sql = duckdb.createStatement()) {
      sql.execute(
          """
          INSERT INTO trips (trip_id, started, plan, start_station, end_station, seconds, ended)
          SELECT 'invented-2017-03-14-' || i, t, 'Casual',
            CASE WHEN i %% 3 = 0 THEN 'Ghost Station' END, 'Ghost Station', 3630, t + INTERVAL 3630 SECOND
          FROM (SELECT i, TIMESTAMP '2017-03-14 07:00' + to_hours(8 + i %% 12) + to_minutes(i %% 60) AS t
                FROM range(50) r(i))
          """
              .replace("%%", "%"));
    }
  }
}
