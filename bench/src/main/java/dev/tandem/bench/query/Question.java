package dev.tandem.bench.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A question in both languages.
 *
 * @param name in results
 * @param path behind {@code /api/v1/biketown/aggregates/}
 * @param sql over table {@code departures_hourly}: a window or null, a station or null, then the
 *     numbers, trips first and the sum of seconds third
 */
record Question(String name, String path, String sql) {
  private static final String NUMBERS =
      """
      sum(trips)::bigint trips, sum(dn)::bigint, sum(ds)::bigint, min(dl), max(dm), sum(ds) / nullif(sum(dn), 0),
      sum(mn)::bigint, sum(ms)::decimal(18, 2), min(ml), max(mm), sum(ms) / nullif(sum(mn), 0)\
      """;

  /** The ten stations with most departures of all time, trips from nowhere among them. */
  static Question top10() {
    return new Question(
        "top10",
        "departures_hourly?by=start_station&roll=none&metric=trips&top=10",
        "select null, start_station, %s from departures_hourly group by start_station order by trips desc, start_station limit 10"
            .formatted(NUMBERS));
  }

  /**
   * One station by the hour.
   *
   * @param from first day of a month, such as 2017-07-01
   * @param to first day of the next one
   */
  static Question station(String station, String from, String to) {
    String where = URLEncoder.encode("start_station:" + station, StandardCharsets.UTF_8);
    return new Question(
        "station",
        "departures_hourly?where=" + where + "&from=" + from + "&to=" + to,
        "select w, start_station, %s from departures_hourly where start_station = '%s' and hour >= '%s' and hour < '%s' group by w, hour, start_station order by hour, w desc"
            .formatted(NUMBERS, station.replace("'", "''"), from, to));
  }
}
