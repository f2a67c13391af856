package dev.tandem.bench.work;

import dev.tandem.core.TandemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The rows that must come out, as DuckDB computes them with SQL of its own from the events' JSON,
 * and their comparison with what an engine published.
 */
public final class Rows implements AutoCloseable {
  private static final String TRIPS =
      """
      create temp table trips as
      with json as (
        select plan, start_station s, end_station e, started_at b, ended_at f,
          epoch_ms(started_at::timestamptz) bm, epoch_ms(ended_at::timestamptz) fm,
          duration_s d, distance_mi m
        from read_json('%s', format = 'newline_delimited', columns = {plan: 'varchar',
          start_station: 'varchar', end_station: 'varchar', started_at: 'varchar',
          ended_at: 'varchar', duration_s: 'bigint', distance_mi: 'decimal(18, 2)'})
      ), filled as (
        select * replace (coalesce(d, case when fm >= bm then (fm - bm) // 1000 end) as d) from json
      )
      select plan, s, e, left(b, 10) as day, left(b, 13) || ':00:00' || substr(b, 20) as hour,
        case when fm between bm and bm + 86400000 then left(f, 13) || ':00:00' || substr(f, 20) end as arrived,
        case when d between 0 and 86400 then d end as d, case when m between 0 and 100 then m end as m
      from filled
      """;
  private static final String NUMBERS =
      """
      count(*) as trips, count(d) as dn, coalesce(sum(d), 0)::bigint as ds, min(d) as dl, max(d) as dm,
      count(m) as mn, coalesce(sum(m), 0)::decimal(18, 2) as ms, min(m) as ml, max(m) as mm
      """;

  /** A window's offset follows from the zone; of a day, the date says all. */
  private static final String PUBLISHED =
      """
      create or replace temp table published as
      with last as (select k, v from log qualify row_number() over (partition by k order by place desc) = 1),
      json as (select k::json as k, v::json as v from last where v is not null)
      select k->>'aggregate' as aggregate,
        case when k->>'aggregate' like '%_hourly' then k->>'window' else left(k->>'window', 10) end as w,
        coalesce(k->'key'->>'plan', k->'key'->>'start_station',
          case when k->>'aggregate' = 'arrivals_hourly' then k->'key'->>'end_station' end) as k1,
        case when k->>'aggregate' = 'routes_daily' then k->'key'->>'end_station' end as k2,
        (v->>'trips')::bigint as trips,
        (v->'duration_s'->>'count')::bigint as dn, (v->'duration_s'->>'sum')::bigint as ds,
        (v->'duration_s'->>'min')::bigint as dl, (v->'duration_s'->>'max')::bigint as dm,
        (v->'distance_mi'->>'count')::bigint as mn, (v->'distance_mi'->>'sum')::decimal(18, 2) as ms,
        (v->'distance_mi'->>'min')::decimal(18, 2) as ml, (v->'distance_mi'->>'max')::decimal(18, 2) as mm
      from json
      """;

  private static final String DAY = "day::varchar";
  private static final String HOUR =
      """
      strftime(timezone('America/Los_Angeles', make_timestamptz(hour * 3600000000)), '%Y-%m-%dT%H:00:00') || '-0'
        || (hour - epoch_ms(timezone('America/Los_Angeles', make_timestamptz(hour * 3600000000))) // 3600000) || ':00'\
      """;

  private final Connection duckdb;

  private Rows(Connection duckdb) {
    this.duckdb = duckdb;
  }

  /** A comparison's outcome: rows of one side that the other lacks or has with other numbers. */
  public record Difference(long missing, long unexpected) {
    /** Whether both sides are equal. */
    public boolean none() {
      return missing == 0 && unexpected == 0;
    }
  }

  /** Opens what was computed before, or nothing yet. */
  public static Rows open(Path database) {
    try {
      return new Rows(DriverManager.getConnection("jdbc:duckdb:" + database));
    } catch (SQLException e) {
      throw TandemException.failed("cannot open " + database + ": " + e.getMessage(), e);
    }
  }

  /** Computes the expected rows from events as JSON lines. */
  public void expect(Path lines) {
    execute(TRIPS.formatted(lines.toString().replace("'", "''")));
    execute(
        "create or replace table expected as "
            + String.join(
                " union all ",
                List.of(
                    group("trips_hourly", "hour", "null::varchar", "null::varchar"),
                    group("trips_daily_by_plan", "day", "plan", "null::varchar"),
                    group("departures_hourly", "hour", "s", "null::varchar"),
                    group("arrivals_hourly", "arrived", "e", "null::varchar"),
                    group("routes_daily", "day", "s", "e"))));
    execute("drop table trips");
    execute("checkpoint");
  }

  private static String group(String aggregate, String window, String k1, String k2) {
    return "select '%s' as aggregate, %s as w, %s as k1, %s as k2, %s from trips where w is not null group by all"
        .formatted(aggregate, window, k1, k2, NUMBERS);
  }

  /** How many rows there must be. */
  public long expected() {
    return number("select count(*) from expected");
  }

  /** Compares with the newest values of what a topic holds. */
  public Difference compare(PublishedLog log) throws InterruptedException {
    execute("create or replace temp table log (place bigint, k varchar, v varchar)");
    log.appendTo(duckdb, "log");
    execute(PUBLISHED);
    return difference();
  }

  /**
   * Compares with Parquet files, a folder an aggregate: {@code hour} (hours since 1970) or {@code
   * day}, the dimensions by name, and the numbers as they are called here.
   */
  public Difference compare(Path folder) {
    execute(
        "create or replace temp table published as "
            + String.join(
                " union all ",
                List.of(
                    read(folder, "trips_hourly", HOUR, "null", "null"),
                    read(folder, "trips_daily_by_plan", DAY, "plan", "null"),
                    read(folder, "departures_hourly", HOUR, "start_station", "null"),
                    read(folder, "arrivals_hourly", HOUR, "end_station", "null"),
                    read(folder, "routes_daily", DAY, "start_station", "end_station"))));
    return difference();
  }

  private static String read(Path folder, String aggregate, String window, String k1, String k2) {
    return "select '%s' as aggregate, %s as w, %s::varchar as k1, %s::varchar as k2, trips, dn, ds, dl, dm, mn, ms, ml, mm from read_parquet('%s/*.parquet')"
        .formatted(
            aggregate, window, k1, k2, folder.resolve(aggregate).toString().replace("'", "''"));
  }

  private Difference difference() {
    return new Difference(
        number("select count(*) from (from expected except all from published)"),
        number("select count(*) from (from published except all from expected)"));
  }

  /** Writes the rows that there must be as Parquet, the columns as they are called here. */
  public void write(Path parquet) {
    execute("copy expected to '%s'".formatted(parquet.toString().replace("'", "''")));
  }

  private void execute(String sql) {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB refused " + sql, e);
    }
  }

  private long number(String sql) {
    try (Statement statement = duckdb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB refused " + sql, e);
    }
  }

  @Override
  public void close() {
    try {
      duckdb.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
