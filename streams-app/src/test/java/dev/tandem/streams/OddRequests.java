package dev.tandem.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Questions to a pipeline that is there, of which most make no sense; a seed decides. */
final class OddRequests {
  private static final List<String> PATHS =
      List.of(
          "/api/v1/biketown/aggregates/trips_hourly",
          "/api/v1/biketown/aggregates/departures_hourly",
          "/api/v1/biketown/aggregates/routes_daily",
          "/api/v1/biketown/aggregates/trips_daily_by_plan",
          "/api/v1/biketown/aggregates/stations_monthly",
          "/api/v1/biketown/aggregates",
          "/api/v1/biketown/alerts",
          "/api/v1/biketown/runs",
          "/api/v1/biketown/page",
          "/api/v1/biketown/health",
          "/internal/v1/biketown/rows/trips_hourly",
          "/api/v1/biketown",
          "/openapi.json",
          "/health/ready",
          "/page/",
          "/lib/",
          "/");
  private static final List<String> NAMES =
      List.of(
          "from",
          "to",
          "by",
          "where",
          "roll",
          "metric",
          "top",
          "limit",
          "ranges",
          "decision",
          "state",
          "partitions",
          "definition",
          "From",
          "nothing",
          "");
  private static final List<String> VALUES =
      List.of(
          "2017-07-01",
          "2017-07-01T08:00",
          "2017-03-12T02:30",
          "2017-13-45",
          "2017-02-29",
          "0000-01-01",
          "-999999999-01-01",
          "+999999999-12-31T23:59:59.999999999",
          "9999-12-31",
          "2017-07-01T08:00:00-07:00",
          "24:00",
          "none",
          "hour",
          "day",
          "week",
          "month",
          "hour-of-week",
          "day-of-week",
          "HOUR",
          "trips",
          "duration_s",
          "duration_s.avg",
          "distance_mi.sum",
          "trips.sum",
          "start_station",
          "end_station",
          "start_station,plan",
          "start_station:SW 3rd at Ankeny",
          "start_station:",
          ":",
          "plan:null",
          "plan:Casual",
          "duration_s:1",
          "0",
          "1",
          "-1",
          "10",
          "2147483648",
          "99999999999999999999",
          "1e3",
          "NaN",
          "1.5",
          "0,1",
          "0,0",
          "0-3",
          "open",
          "raised",
          "rebalance",
          "true",
          "null",
          "\u0000",
          "é\uD83D\uDE80",
          "\u202Eabc",
          "%00",
          "../../etc/passwd",
          "' OR 1=1 --",
          "<script>",
          "${jndi:ldap://x}",
          "{}",
          "[",
          "\r\nX: y",
          ",",
          ",,",
          ";",
          "a".repeat(2_000));

  private final Random random;

  OddRequests(long seed) {
    random = new Random(seed);
  }

  /** A path with a query, in characters that a URI may have. */
  String next() {
    String path = of(PATHS);
    if (random.nextInt(5) == 0) {
      int slash = Math.max(0, path.lastIndexOf('/', path.length() - 2)) + 1;
      path = path.substring(0, slash) + encoded(of(VALUES));
    }
    StringJoiner query = new StringJoiner(random.nextInt(20) == 0 ? ";" : "&");
    for (int i = random.nextInt(5); i > 0; i--) {
      query.add(encoded(of(NAMES)) + (random.nextInt(20) == 0 ? "" : "=") + encoded(of(VALUES)));
    }
    return query.length() == 0 ? path : path + "?" + query;
  }

  private String of(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
