package dev.tandem.bench.plain;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys and values of published rows, as JSON. For one thread. */
public final class RowText {
  private static final DateTimeFormatter WINDOW =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

  /** An aggregate, its windows and its dimensions. */
  private record Aggregate(String name, boolean hourly, List<String> dimensions) {}

  /** In the order of {@link TripTables#all}. */
  private static final List<Aggregate> AGGREGATES =
      List.of(
          new Aggregate("trips_hourly", true, List.of()),
          new Aggregate("trips_daily_by_plan", false, List.of("plan")),
          new Aggregate("departures_hourly", true, List.of("start_station")),
          new Aggregate("arrivals_hourly", true, List.of("end_station")),
          new Aggregate("routes_daily", false, List.of("start_station", "end_station")));

  private final Names.Shared names;
  private final Map<Integer, String> quoted = new HashMap<>();
  private final Map<Integer, String> hours = new HashMap<>();
  private final Map<Integer, String> days = new HashMap<>();
  private final StringBuilder text = new StringBuilder(256);

  public RowText(Names.Shared names) {
    this.names = names;
  }

  /**
   * The key of a row.
   *
   * @param table which of {@link TripTables#all}
   * @param key in that table
   */
  public byte[] key(int table, long key) {
    Aggregate aggregate = AGGREGATES.get(table);
    int dimensions = aggregate.dimensions.size();
    int window = (int) (key >>> TripTables.NAME_BITS * dimensions);
    text.setLength(0);
    text.append("{\"aggregate\":\"").append(aggregate.name).append("\",\"window\":\"");
    text.append(
        aggregate.hourly
            ? hours.computeIfAbsent(window, RowText::hour)
            : days.computeIfAbsent(window, RowText::day));
    text.append("\",\"key\":{");
    for (int d = 0; d < dimensions; d++) {
      int name = (int) (key >>> TripTables.NAME_BITS * (dimensions - 1 - d)) & TripTables.NAME_MASK;
      text.append(d == 0 ? "\"" : ",\"").append(aggregate.dimensions.get(d)).append("\":");
      text.append(quoted.computeIfAbsent(name, this::quoted));
    }
    return text.append("}}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String hour(int hour) {
    return WINDOW.format(
        ZonedDateTime.ofInstant(Instant.ofEpochSecond(hour * 3_600L), LocalClock.ZONE));
  }

  private static String day(int day) {
    return WINDOW.format(LocalDate.ofEpochDay(day).atStartOfDay(LocalClock.ZONE));
  }

  private String quoted(int number) {
    @Nullable String name = names.name(number);
    return name == null
        ? "null"
        : '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(name)) + '"';
  }

  /** The value of a row. */
  public byte[] value(RowTable rows, int row) {
    text.setLength(0);
    text.append("{\"trips\":").append(rows.number(row, 0)).append(",\"duration_s\":{");
    long count = rows.number(row, RowTable.SECONDS);
    text.append("\"count\":").append(count);
    text.append(",\"sum\":").append(rows.number(row, RowTable.SECONDS + 1));
    if (count > 0) {
      text.append(",\"min\":").append(rows.number(row, RowTable.SECONDS + 2));
      text.append(",\"max\":").append(rows.number(row, RowTable.SECONDS + 3));
    }
    count = rows.number(row, RowTable.CENTS);
    text.append("},\"distance_mi\":{\"count\":").append(count);
    hundredths(",\"sum\":", rows.number(row, RowTable.CENTS + 1));
    if (count > 0) {
      hundredths(",\"min\":", rows.number(row, RowTable.CENTS + 2));
      hundredths(",\"max\":", rows.number(row, RowTable.CENTS + 3));
    }
    return text.append("}}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private void hundredths(String name, long number) {
    text.append(name).append(number / 100).append('.');
    long rest = number % 100;
    text.append((char) ('0' + rest / 10)).append((char) ('0' + rest % 10));
  }
}
