package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/explore.md} shows what the command prints, and what DuckDB says of the same files.
 */
class ExploreIT {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  @Test
  void shouldShowWhatTheCommandPrints() throws Exception {
    List<Path> files = RealFiles.months("2016_07", "2018_03");
    List<ExplorePage.Example> examples = ExplorePage.examples();
    assertThat(examples).hasSizeGreaterThan(10);

    List<String> command = new ArrayList<>(List.of("sql", "-p", "biketown"));
    examples.forEach(example -> command.add(example.query()));
    files.forEach(file -> command.addAll(List.of("--files", file.toString())));
    String printed = TandemProcess.run(0, command.toArray(String[]::new));
    assertThat(printed)
        .isEqualTo(
            examples.stream()
                .map(example -> example.output() + "\n")
                .collect(Collectors.joining("\n")));
  }

  @Test
  void shouldShowWhatDuckDbAnswersFromTheFilesAlone() throws Exception {
    List<Path> files = RealFiles.months("2016_07", "2018_03");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      BiketownOracle.loadTrips(duckdb, files);
      createTables(duckdb);
      for (ExplorePage.Example example : ExplorePage.examples()) {
        assertThat(example.rows())
            .as(example.query())
            .usingElementComparator(ExploreIT::compare)
            .isEqualTo(answer(duckdb, example.query()));
      }
    }
  }

  private static int compare(List<String> shown, List<String> expected) {
    if (shown.size() != expected.size()) {
      return shown.size() - expected.size();
    }
    for (int i = 0; i < shown.size(); i++) {
      int difference = compare(shown.get(i), expected.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  /** A number is the same with more zeros behind its point. */
  private static int compare(String shown, String expected) {
    return NUMBER.matcher(shown).matches() && NUMBER.matcher(expected).matches()
        ? new BigDecimal(shown).compareTo(new BigDecimal(expected))
        : shown.compareTo(expected);
  }

  /** The tables of the command, from the files alone; times are local ones. */
  private static void createTables(Connection duckdb) throws SQLException {
    try (Statement sql = duckdb.createStatement()) {
      sql.execute(
          """
          CREATE TABLE events AS
          SELECT t.plan, t.start_station, t.end_station, t.bike, t.seconds AS duration_s,
            CAST(t.miles100 AS DECIMAL(18, 0)) * CAST(0.01 AS DECIMAL(3, 2)) AS distance_mi,
            t.started - to_hours(utc_offset(t.started)) AS started_at,
            nullif(trim(r.TripType), '') AS trip_type, nullif(trim(r.RentalAccessPath), '') AS access_path,
            CAST(r.MultipleRental AS BOOLEAN) AS multiple_rental
          FROM trips t JOIN raw r ON t.trip_id = trim(r.RouteID)
          """);
      sql.execute(
          """
          CREATE TABLE raw_events AS
          SELECT seconds(trim(Duration)) AS duration_s, TRY_CAST(Distance_Miles AS DECIMAL(18, 6)) AS distance_mi,
            to_utc(strptime(trim(StartDate) || ' ' || trim(StartTime), '%m/%d/%Y %H:%M')) AS started_at,
            to_utc(try_strptime(trim(EndDate) || ' ' || trim(EndTime), '%m/%d/%Y %H:%M')) AS ended_at
          FROM raw WHERE trim(RouteID) <> ''
          """);
      sql.execute(
          "CREATE TABLE rejected AS SELECT 'blank' AS reason FROM raw"
              + " WHERE coalesce(trim(RouteID), '') = ''");
    }
  }

  private static List<List<String>> answer(Connection duckdb, String query) throws SQLException {
    // The one word that the two dialects do not share.
    String dialect = query.replace("dayofweek_iso", "isodow");
    List<List<String>> rows = new ArrayList<>();
    try (Statement sql = duckdb.createStatement();
        ResultSet result = sql.executeQuery(dialect)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          Object value = result.getObject(i);
          row.add(value instanceof BigDecimal d ? d.toPlainString() : String.valueOf(value));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
