package dev.tandem.bench.backfill;

import dev.tandem.bench.engine.Marks;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The rows with DuckDB's SQL: files into a table, the table into five tables of rows, in memory.
 * They become Parquet once the clock has stopped.
 */
public final class DuckDbPeer {
  /** Of two instants that have the same local time the earlier one, which is not DuckDB's. */
  private static final String INSTANT =
      """
      create macro instant(t) as case
        when timezone('America/Los_Angeles', timezone('America/Los_Angeles', t) - interval 1 hour) = t
          then timezone('America/Los_Angeles', t) - interval 1 hour
        else timezone('America/Los_Angeles', t) end
      """;

  private static final String TRIPS =
      """
      create temp table trips as
      with csv as (
        select nullif(trim(PaymentPlan), '') plan, nullif(trim(StartHub), '') s, nullif(trim(EndHub), '') e,
          instant(try_strptime(trim(StartDate) || ' ' || trim(StartTime), '%%m/%%d/%%Y %%H:%%M')) b,
          instant(try_strptime(trim(EndDate) || ' ' || trim(EndTime), '%%m/%%d/%%Y %%H:%%M')) f,
          string_split(trim(Duration), ':') hms,
          try_cast(trim(coalesce(*columns('Distance_Miles_?'))) as decimal(18, 2)) m
        from read_csv([%s], header = true, all_varchar = true, union_by_name = true)
        where trim(RouteID) <> ''
      ), decoded as (
        select plan, s, e, b, f, m, epoch_ms(f) - epoch_ms(b) as between_ms,
          try_cast(hms[1] as bigint) * 3600 + try_cast(hms[2] as bigint) * 60 + try_cast(hms[3] as bigint) d
        from csv where b is not null
      ), filled as (
        select * replace (coalesce(d, case when between_ms >= 0 then between_ms // 1000 end) as d) from decoded
      )
      select plan, s, e, epoch_ms(b) // 3600000 as started, timezone('America/Los_Angeles', b)::date as day,
        case when between_ms between 0 and 86400000 then epoch_ms(f) // 3600000 end as ended,
        case when d between 0 and 86400 then d end as d, case when m between 0 and 100 then m end as m
      from filled
      """;

  /** Offsets of the zone are whole hours, so hours since 1970 are its hours, too. */
  private static final String ROWS =
      """
      create table %s as select %s, count(*) as trips,
        count(d) as dn, coalesce(sum(d), 0)::bigint as ds, min(d) as dl, max(d) as dm,
        count(m) as mn, coalesce(sum(m), 0)::decimal(18, 2) as ms, min(m) as ml, max(m) as mm
      from trips %s group by all
      """;

  private DuckDbPeer() {}

  /**
   * @param args folder for the rows, then the files
   */
  public static void main(String[] args) throws SQLException, IOException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duckdb.createStatement()) {
      sql.execute("set preserve_insertion_order = false");
      System.out.println(Marks.STARTED);
      sql.execute(INSTANT);
      sql.execute(TRIPS.formatted(list(args)));
      sql.execute(ROWS.formatted("trips_hourly", "started as hour", ""));
      sql.execute(ROWS.formatted("trips_daily_by_plan", "day, plan", ""));
      sql.execute(ROWS.formatted("departures_hourly", "started as hour, s as start_station", ""));
      sql.execute(
          ROWS.formatted(
              "arrivals_hourly", "ended as hour, e as end_station", "where ended is not null"));
      sql.execute(ROWS.formatted("routes_daily", "day, s as start_station, e as end_station", ""));
      System.out.println(Marks.DONE);
      RowFiles.write(sql, Path.of(args[0]));
    }
  }

  private static String list(String[] args) {
    return Arrays.stream(args)
        .skip(1)
        .map(file -> "'" + file.replace("'", "''") + "'")
        .collect(Collectors.joining(", "));
  }
}
