package dev.tandem.core.time;

import dev.tandem.core.definition.WindowUnit;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The calendar windows of a zone. All times are milliseconds since the epoch; a window is
 * half-open, {@code [start, end)}.
 *
 * <p>Between two clock changes the zone's offset is constant and a window is plain arithmetic; only
 * a window that a clock change falls into is asked of {@code java.time}. Keeps the stretch it saw
 * last, so it is not thread-safe: one a thread.
 */
public final class CalendarWindows {
  private static final long MINUTE = 60_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final ZoneId zone;
  private final ZoneRules rules;

  private long stretchStart = 1;
  private long stretchEnd = 0;
  private long offset;

  public CalendarWindows(ZoneId zone) {
    this.zone = zone;
    this.rules = zone.getRules();
  }

  public ZoneId zone() {
    return zone;
  }

  /** Start of the window that contains {@code time}. */
  public long start(WindowUnit unit, long time) {
    if (time < stretchStart || time >= stretchEnd) {
      enterStretch(time);
    }
    long local = time + offset;
    long start =
        switch (unit) {
          case MINUTE -> local - Math.floorMod(local, MINUTE);
          case HOUR -> local - Math.floorMod(local, HOUR);
          case DAY -> local - Math.floorMod(local, DAY);
          case WEEK, MONTH -> date(unit, Math.floorDiv(local, DAY)).toEpochDay() * DAY;
        };
    long utc = start - offset;
    return utc >= stretchStart ? utc : startAcrossClockChange(unit, time);
  }

  /** End of the window that starts at {@code start}. */
  public long end(WindowUnit unit, long start) {
    ZonedDateTime from = Instant.ofEpochMilli(start).atZone(zone);
    return switch (unit) {
      case MINUTE -> start + MINUTE;
      case HOUR -> start + HOUR;
      case DAY -> startOf(from.toLocalDate().plusDays(1));
      case WEEK -> startOf(from.toLocalDate().plusWeeks(1));
      case MONTH -> startOf(from.toLocalDate().plusMonths(1));
    };
  }

  private void enterStretch(long time) {
    Instant instant = Instant.ofEpochMilli(time);
    ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
    ZoneOffsetTransition after = rules.nextTransition(instant);
    stretchStart = before == null ? Long.MIN_VALUE : before.toEpochSecond() * 1000;
    stretchEnd = after == null ? Long.MAX_VALUE : after.toEpochSecond() * 1000;
    offset = rules.getOffset(instant).getTotalSeconds() * 1000L;
  }

  private long startAcrossClockChange(WindowUnit unit, long time) {
    ZonedDateTime at = Instant.ofEpochMilli(time).atZone(zone);
    return switch (unit) {
      case MINUTE -> at.truncatedTo(ChronoUnit.MINUTES).toInstant().toEpochMilli();
      case HOUR -> at.truncatedTo(ChronoUnit.HOURS).toInstant().toEpochMilli();
      case DAY, WEEK, MONTH -> startOf(date(unit, at.toLocalDate().toEpochDay()));
    };
  }

  private long startOf(LocalDate date) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  private static LocalDate date(WindowUnit unit, long epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    return switch (unit) {
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
      default -> date;
    };
  }
}
