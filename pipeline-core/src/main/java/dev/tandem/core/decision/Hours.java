package dev.tandem.core.decision;

import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.time.CalendarWindows;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The hours of a zone by their starts, milliseconds since the epoch. Not thread-safe (it keeps a
 * calendar).
 */
final class Hours {
  static final long LENGTH = 3_600_000L;

  /** Hours of a week. */
  static final int OF_WEEK = 168;

  private final CalendarWindows calendar;

  Hours(ZoneId zone) {
    calendar = new CalendarWindows(zone);
  }

  /** The hour that contains {@code time}. */
  long of(long time) {
    return calendar.start(WindowUnit.HOUR, time);
  }

  /** The hour after {@code hour}; where clocks change by less than an hour it may begin later. */
  long next(long hour) {
    long next = of(hour + LENGTH);
    return next > hour ? next : of(hour + 2 * LENGTH);
  }

  /** From 0, midnight to one on Monday, to 167, by the zone's clocks. */
  int ofWeek(long hour) {
    ZonedDateTime at = Instant.ofEpochMilli(hour).atZone(calendar.zone());
    return (at.getDayOfWeek().getValue() - 1) * 24 + at.getHour();
  }
}
