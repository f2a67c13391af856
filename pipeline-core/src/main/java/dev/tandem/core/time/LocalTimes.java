package dev.tandem.core.time;

import dev.tandem.core.TandemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Dates and times as people give them to a command: local ones of the pipeline's zone. */
public final class LocalTimes {
  private LocalTimes() {}

  /**
   * The instant of a local date ({@code 2017-08-01}: its first moment) or date-time ({@code
   * 2017-08-01T08:00}, seconds and fractions as one likes, a blank instead of {@code T} will do). A
   * time that a clock change skips moves forward, one that happens twice is the earlier.
   *
   * @return milliseconds since the epoch
   * @throws IllegalArgumentException when it is neither; the message says what is expected
   */
  public static long parse(String text, ZoneId zone) {
    String given = text.strip().replace(' ', 'T');
    try {
      return given.contains("T")
          ? LocalDateTime.parse(given).atZone(zone).toInstant().toEpochMilli()
          : LocalDate.parse(given).atStartOfDay(zone).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "a date such as 2017-08-01 or a time such as 2017-08-01T08:00, in the zone " + zone, e);
    }
  }

  /**
   * The range of {@code --from} and {@code --to}; an absent end is open.
   *
   * @throws TandemException wrong use: one of them does not parse, or they hold no time between
   */
  public static TimeRange range(Optional<String> from, Optional<String> to, ZoneId zone) {
    long start = from.map(t -> option("--from", t, zone)).orElse(TimeRange.ALL.from());
    long end = to.map(t -> option("--to", t, zone)).orElse(TimeRange.ALL.to());
    if (start >= end) {
      throw TandemException.wrongUse(
          "--from %s --to %s: the range is empty, --to is exclusive and must be later"
              .formatted(from.orElse("(open)"), to.orElse("(open)")));
    }
    return new TimeRange(start, end);
  }

  private static long option(String name, String text, ZoneId zone) {
    try {
      return parse(text, zone);
    } catch (IllegalArgumentException e) {
      throw TandemException.wrongUse(name + " " + text + ": give " + e.getMessage(), e);
    }
  }
}
