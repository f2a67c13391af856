package dev.tandem.bench.spark;

/** The pipeline's rules and rows in Spark's SQL; the session's zone is the pipeline's. */
final class TripsSql {
  static final String ZONE = "America/Los_Angeles";

  /** The fields of an event that the rows need. */
  static final String SCHEMA =
      "started_at timestamp, ended_at timestamp, plan string, start_station string,"
          + " end_station string, duration_s bigint, distance_mi decimal(18, 2)";

  /** Events as JSON in a column {@code value}. */
  static final String EVENTS =
      "select e.* from (select from_json(cast(value as string), '" + SCHEMA + "') as e from %s)";

  /** Events after the rules. A sum of these miles still fits into 64 bits. */
  static final String TRIPS =
      """
      select started_at, plan, start_station, end_station,
        if(ended_at between started_at and started_at + interval 24 hours, ended_at, null) as ended_at,
        if(seconds between 0 and 86400, seconds, null) as seconds,
        cast(if(distance_mi between 0 and 100, distance_mi, null) as decimal(8, 2)) as miles
      from (
        select *, coalesce(duration_s, if(ended_at >= started_at,
          unix_seconds(ended_at) - unix_seconds(started_at), null)) as seconds
        from %s)
      """;

  /** A record a row that a trip touches: one without an end arrives nowhere. */
  static final String CONTRIBUTIONS =
      """
      select * from (
        select stack(5,
          'trips_hourly', date_trunc('hour', started_at), string(null), string(null),
          'trips_daily_by_plan', date_trunc('day', started_at), plan, null,
          'departures_hourly', date_trunc('hour', started_at), start_station, null,
          'arrivals_hourly', date_trunc('hour', ended_at), end_station, null,
          'routes_daily', date_trunc('day', started_at), start_station, end_station
          ) as (aggregate, window, dimension, destination), seconds, miles
        from %s)
      where window is not null
      """;

  /** The rows. */
  static final String TOTALS =
      """
      select aggregate, window, dimension, destination, count(*) as trips,
        count(seconds) as seconds_count, sum(seconds) as seconds_sum,
        min(seconds) as seconds_min, max(seconds) as seconds_max,
        count(miles) as miles_count, sum(miles) as miles_sum,
        min(miles) as miles_min, max(miles) as miles_max
      from %s group by aggregate, window, dimension, destination
      """;

  /** Rows as they are published: {@code key} and {@code value}, both JSON. */
  static final String PUBLISHED =
      """
      select concat('{"aggregate":"', aggregate,
          '","window":"', date_format(window, "yyyy-MM-dd'T'HH:mm:ssXXX"), '","key":',
          case aggregate
            when 'trips_hourly' then '{}'
            when 'trips_daily_by_plan' then to_json(struct(dimension as plan), %2$s)
            when 'arrivals_hourly' then to_json(struct(dimension as end_station), %2$s)
            when 'departures_hourly' then to_json(struct(dimension as start_station), %2$s)
            else to_json(struct(dimension as start_station, destination as end_station), %2$s)
          end, '}') as key,
        to_json(struct(trips,
          struct(seconds_count as count, coalesce(seconds_sum, 0) as sum,
            seconds_min as min, seconds_max as max) as duration_s,
          struct(miles_count as count, coalesce(miles_sum, 0) as sum,
            miles_min as min, miles_max as max) as distance_mi)) as value
      from %1$s
      """;

  static final String KEEP_NULLS = "map('ignoreNullFields', 'false')";

  private TripsSql() {}
}
