package dev.tandem.backfill;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** The same rows computed by DuckDB in SQL of its own, as {@code window|key… -> numbers}. */
final class Oracle {
  private static final String TRIPS =
      """
      create or replace table trips as
      with raw as (
        select RouteID as id, trim(PaymentPlan) as plan, trim(StartHub) as s, trim(EndHub) as e,
          strptime(StartDate || ' ' || StartTime, '%%-m/%%-d/%%Y %%-H:%%M') as b,
          strptime(EndDate || ' ' || EndTime, '%%-m/%%-d/%%Y %%-H:%%M') as f,
          nullif(trim(Duration), '') as d, nullif(trim(Distance_Miles), '') as m,
          row_number() over () as n
        from read_csv([%s], header = true, all_varchar = true) where RouteID is not null and RouteID <> ''
      ), last as (select * from raw qualify row_number() over (partition by id order by n desc) = 1),
      parsed as (
        select id, nullif(plan, '') as plan, nullif(s, '') as s, nullif(e, '') as e, b, f,
          case when d is null then (case when f >= b then date_diff('second', b, f) end)
            else split_part(d, ':', 1)::bigint * 3600 + split_part(d, ':', 2)::bigint * 60 + split_part(d, ':', 3)::bigint end as d,
          round(m::decimal(18, 6), 2)::decimal(18, 2) as m
        from last)
      select id, plan, s, e, b, case when f >= b and f <= b + interval 24 hour then f end as f,
        case when d between 0 and 86400 then d end as d, case when m between 0 and 100 then m end as m
      from parsed
      """;

  private Oracle() {}

  /** Rows of {@code departures_hourly}. */
  static Map<String, String> departures(Path... files) throws SQLException {
    return query("date_trunc('hour', b)", "coalesce(s, 'null')", "b is not null", files);
  }

  /** Rows of {@code arrivals_hourly}. */
  static Map<String, String> arrivals(Path... files) throws SQLException {
    return query("date_trunc('hour', f)", "coalesce(e, 'null')", "f is not null", files);
  }

  private static Map<String, String> query(String window, String key, String where, Path... files)
      throws SQLException {
    StringBuilder names = new StringBuilder();
    for (Path file : files) {
      names.append(names.isEmpty() ? "'" : ", '").append(file).append("'");
    }
    Map<String, String> rows = new TreeMap<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement()) {
      sql.execute("set threads = 1");
      sql.execute(TRIPS.formatted(names));
      try (ResultSet result =
          sql.executeQuery(
              "select strftime(%s, '%%Y-%%m-%%dT%%H:%%M:%%S') w, %s k, count(*) n, count(d) dn, coalesce(sum(d), 0) ds, count(m) mn, coalesce(sum(m), 0.00) ms from trips where %s group by 1, 2"
                  .formatted(window, key, where))) {
        while (result.next()) {
          rows.put(
              result.getString("w") + "|" + result.getString("k"),
              "%s %s %s %s %s"
                  .formatted(
                      result.getString("n"),
                      result.getString("dn"),
                      result.getString("ds"),
                      result.getString("mn"),
                      result.getString("ms")));
        }
      }
    }
    return rows;
  }
}
