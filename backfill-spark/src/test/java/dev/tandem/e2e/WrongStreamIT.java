package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream that is wrong in every way, made right: a month that never came, a month that came
 * twice, trips that were altered on the way, trips that never were.
 */
class WrongStreamIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] MARCH = {"--from", "2017-03-01", "--to", "2017-04-01"};
  private static final String[] AUGUST = {"--from", "2017-08-01", "--to", "2017-09-01"};

  @Test
  void shouldFindNameAndCorrectWhatIsWrongAndLeaveTheRestAlone(@TempDir Path folder)
      throws Exception {
    List<Path> all = RealFiles.months("2017_02", "2017_09");
    Path march = file(all, "2017_03");
    Path august = file(all, "2017_08");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        TestSystem system = new TestSystem(folder, "biketown")) {
      BiketownOracle.loadTrips(duckdb, all);
      BiketownOracle.computeRows(duckdb, false);
      WrongEvents.sendAltered(
          duckdb, system.bootstrap(), "started >= '2017-03-03' AND started < '2017-03-29'", 500);
      WrongEvents.sendInvented(system.bootstrap(), "2017-03-14", 300);
      List<Path> most = new ArrayList<>(all);
      most.remove(august);
      system.run(0, "replay", paths(List.of(), most));
      system.run(0, "replay", march.toString());

      String[] inMarch = paths(List.of("--source", "files"), MARCH, all);
      String[] inAugust = paths(List.of("--source", "files"), AUGUST, all);
      assertThat(system.run(1, "verify", inMarch))
          .containsPattern("rows compared, [1-9][0-9,]* different");
      assertThat(system.run(1, "verify", inAugust))
          .containsPattern("rows compared, [1-9][0-9,]* different");
      String dryRun = system.run(0, "backfill", with(inMarch, "--dry-run"));
      assertThat(dryRun).contains("altered").contains("not in the files");
      assertThat(system.run(0, "backfill", with(inAugust, "--dry-run"))).contains("missing");

      ServedRows.load(duckdb, system.bootstrap());
      long before = ServedRows.count(duckdb, "SELECT count(*) FROM records");
      long changed = backfill(system, folder, inMarch) + backfill(system, folder, inAugust);
      assertThat(system.run(0, "verify", inMarch)).contains(", 0 different");
      assertThat(system.run(0, "verify", inAugust)).contains(", 0 different");
      ServedRows.load(duckdb, system.bootstrap());
      assertThat(ServedRows.count(duckdb, "SELECT count(*) FROM records") - before)
          .as("unchanged rows are not written again")
          .isEqualTo(changed);
      // Trips of August's last night arrive on September 1, outside the range.
      String inRange = "window_start NOT LIKE '2017-09-01%'";
      assertThat(ServedRows.compare(duckdb, inRange)).isEqualTo(allEqual(duckdb, inRange));
      assertThat(
              ServedRows.count(
                  duckdb,
                  "SELECT count(*) FROM records WHERE trips IS NULL AND 'Nowhere at All' ="
                      + " start_station"))
          .as("tombstones of rows that should not exist")
          .isPositive();

      assertThat(backfill(system, folder, inMarch))
          .as("a second backfill publishes nothing")
          .isZero();

      ServedRows.load(duckdb, system.bootstrap());
      long published =
          ServedRows.count(
              duckdb, "SELECT count(*) FROM records WHERE window_start NOT LIKE '2017-09-01%'");
      system.run(0, "replay", august.toString());
      awaitLedger(
          system,
          "claimed",
          ServedRows.count(
              duckdb,
              "SELECT count(*) FROM trips WHERE started >= '2017-08-01 07:00' AND started <"
                  + " '2017-09-01 07:00'"));
      ServedRows.load(duckdb, system.bootstrap());
      assertThat(ServedRows.compare(duckdb, "true")).isEqualTo(allEqual(duckdb, "true"));
      assertThat(
              ServedRows.count(
                  duckdb, "SELECT count(*) FROM records WHERE window_start NOT LIKE '2017-09-01%'"))
          .as("claimed trips change nothing in the range")
          .isEqualTo(published);
    }
  }

  private static ServedRows.Difference allEqual(Connection duckdb, String where)
      throws SQLException {
    return new ServedRows.Difference(
        0, 0, 0, ServedRows.count(duckdb, "SELECT count(*) FROM expected WHERE " + where));
  }

  private static long backfill(TestSystem system, Path folder, String[] arguments)
      throws Exception {
    Path report = folder.resolve("report.json");
    system.run(
        0, "backfill", with(arguments, "--max-change", "100%", "--report", report.toString()));
    JsonNode rows = JSON.readTree(Files.readAllBytes(report)).path("rows");
    return rows.get("corrected").longValue()
        + rows.get("added").longValue()
        + rows.get("removed").longValue();
  }

  /** Waits until an entry of the ledger, summed over the partitions, has come to a number. */
  private static void awaitLedger(TestSystem system, String entry, long expected) throws Exception {
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (true) {
      JsonNode ledger = JSON.readTree(system.get("/api/v1/biketown")).path("ledger");
      if (ledger.path(entry).longValue() == expected) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(entry + " should be " + expected + ": " + ledger);
      }
      Thread.sleep(500);
    }
  }

  private static Path file(List<Path> files, String month) {
    return files.stream()
        .filter(f -> f.getFileName().toString().startsWith(month))
        .findFirst()
        .orElseThrow();
  }

  private static String[] paths(List<String> options, List<Path> files) {
    List<String> all = new ArrayList<>(options);
    files.forEach(f -> all.add(f.toString()));
    return all.toArray(String[]::new);
  }

  private static String[] paths(List<String> options, String[] range, List<Path> files) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(range));
    all.add("--files");
    files.forEach(f -> all.add(f.toString()));
    return all.toArray(String[]::new);
  }

  private static String[] with(String[] arguments, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }
}
