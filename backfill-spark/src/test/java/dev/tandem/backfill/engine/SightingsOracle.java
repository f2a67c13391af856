package dev.tandem.backfill.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * The four aggregates of {@link Sightings} in SQL that shares no code with Tandem; even Berlin's
 * clock changes of 2017 are written out.
 */
final class SightingsOracle {
  private static final String[] PREPARATION = {
    "set threads = 1",
    // Milliseconds since 1970 at which Berlin goes to UTC+2 and back.
    "create macro berlin(u) as u + case when u >= 1490490000000 and u < 1509238800000"
        + " then 7200000 else 3600000 end",
    // A local midnight: on the day of a change it is still the old offset.
    "create macro utc(l) as l - case when l >= 1490572800000 and l <= 1509235200000"
        + " then 7200000 else 3600000 end",
    "create macro midnight(u, unit) as"
        + " utc(epoch_ms(date_trunc(unit, make_timestamp(berlin(u) * 1000))))",
    """
    create table ruled as
    select id, at_ms, case when done_ms between at_ms and at_ms + 86400000 then done_ms end as done_ms,
      place, floor, open, n, cast(case when price between -1000 and 1000 then price end * 100 as bigint) as price, kind
    from sightings
    """,
    "create table tagged as select distinct ruled.*, tag from ruled join tags using (id)"
  };

  private static final String ROWS =
      """
      select '%s ' || %s || ' [%s' || ']' as r,
        count(*) || ' ' || %s || ' ' || %s || ' ' || count(price) as numbers,
        count(distinct kind) as kinds
      from %s group by all
      """;

  private SightingsOracle() {}

  /**
   * What a row's metrics come to.
   *
   * @param numbers those that are exact, as text
   */
  record Row(String numbers, long kinds) {}

  /** By aggregate, window start in milliseconds and dimensions. */
  static Map<String, Row> rows(Connection duckdb) throws SQLException {
    Map<String, Row> rows = new TreeMap<>();
    try (Statement sql = duckdb.createStatement()) {
      for (String statement : PREPARATION) {
        sql.execute(statement);
      }
      add(
          sql,
          rows,
          "hourly",
          "at_ms - at_ms % 3600000",
          "' || " + text("place") + " || '",
          "ruled");
      String two = "' || " + text("floor") + " || ', ' || " + text("open") + " || '";
      add(sql, rows, "daily", "midnight(at_ms, 'day')", two, "ruled");
      add(sql, rows, "weekly", "midnight(done_ms, 'week')", "", "ruled where done_ms is not null");
      add(
          sql,
          rows,
          "monthly",
          "midnight(at_ms, 'month')",
          "' || " + text("tag") + " || '",
          "tagged");
    }
    return rows;
  }

  private static String text(String column) {
    return "coalesce('=' || cast(%s as varchar), '-')".formatted(column);
  }

  private static String stats(String column) {
    return "case when count(%1$s) = 0 then '0' else count(%1$s) || '/' || sum(%1$s) || '/' || min(%1$s) || '/' || max(%1$s) end"
        .formatted(column);
  }

  private static void add(
      Statement sql,
      Map<String, Row> rows,
      String aggregate,
      String window,
      String dimensions,
      String from)
      throws SQLException {
    String query = ROWS.formatted(aggregate, window, dimensions, stats("n"), stats("price"), from);
    try (ResultSet result = sql.executeQuery(query)) {
      while (result.next()) {
        rows.put(
            result.getString("r"), new Row(result.getString("numbers"), result.getLong("kinds")));
      }
    }
  }
}
