package dev.tandem.bench.rows;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that a trip touches, by the JSON keys that the rows are published under. */
public final class RowKeys {
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final DateTimeFormatter WINDOW =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

  private RowKeys() {}

  /** Four or five keys: a trip without an end arrives nowhere. */
  public static List<String> of(Trip trip) {
    ZonedDateTime start = trip.start().atZoneSameInstant(ZONE);
    String hour = WINDOW.format(start.truncatedTo(ChronoUnit.HOURS));
    String day = WINDOW.format(start.truncatedTo(ChronoUnit.DAYS));
    List<String> keys = new ArrayList<>(5);
    keys.add(key("trips_hourly", hour).append("}}").toString());
    keys.add(key("trips_daily_by_plan", day, "plan", trip.plan()));
    keys.add(key("departures_hourly", hour, "start_station", trip.from()));
    OffsetDateTime end = trip.end();
    if (end != null) {
      String arrived = WINDOW.format(end.atZoneSameInstant(ZONE).truncatedTo(ChronoUnit.HOURS));
      keys.add(key("arrivals_hourly", arrived, "end_station", trip.to()));
    }
    StringBuilder route = key("routes_daily", day);
    append(route, "start_station", trip.from());
    append(route.append(','), "end_station", trip.to());
    keys.add(route.append("}}").toString());
    return keys;
  }

  private static String key(String aggregate, String window, String name, @Nullable String value) {
    StringBuilder key = key(aggregate, window);
    append(key, name, value);
    return key.append("}}").toString();
  }

  private static StringBuilder key(String aggregate, String window) {
    return new StringBuilder(160)
        .append("{\"aggregate\":\"")
        .append(aggregate)
        .append("\",\"window\":\"")
        .append(window)
        .append("\",\"key\":{");
  }

  private static void append(StringBuilder key, String name, @Nullable String value) {
    key.append('"').append(name).append("\":");
    if (value == null) {
      key.append("null");
    } else {
      key.append('"').append(JsonStringEncoder.getInstance().quoteAsString(value)).append('"');
    }
  }
}
