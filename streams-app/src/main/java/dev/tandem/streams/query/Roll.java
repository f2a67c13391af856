package dev.tandem.streams.query;

import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.time.CalendarWindows;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which windows of an aggregate become one in an answer. A calendar roll has the start of its
 * window, as of the pipeline's zone; {@link #NONE} has one window, the whole range; the cyclic ones
 * have {@code 00} … {@code 23} (hour of the day), {@code MON} … {@code SUN} (day of the week) and
 * {@code MON-00} … {@code SUN-23} (hour of the week), by local time.
 */
public enum Roll {
  NONE(WindowUnit.MONTH),
  MINUTE(WindowUnit.MINUTE),
  HOUR(WindowUnit.HOUR),
  DAY(WindowUnit.DAY),
  WEEK(WindowUnit.WEEK),
  MONTH(WindowUnit.MONTH),
  HOUR_OF_DAY(WindowUnit.HOUR),
  DAY_OF_WEEK(WindowUnit.DAY),
  HOUR_OF_WEEK(WindowUnit.HOUR);

  private static final int HOURS = 24;

  private final WindowUnit coarsest;

  Roll(WindowUnit coarsest) {
    this.coarsest = coarsest;
  }

  /** The roll that leaves windows as they are. */
  static Roll of(WindowUnit unit) {
    return valueOf(unit.name());
  }

  /** As in a query: {@code hour-of-day}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(Roll::text).toList();
  }

  /** Whether windows of {@code unit} lie within windows of this roll. */
  boolean takes(WindowUnit unit) {
    boolean weekInMonth = this == MONTH && unit == WindowUnit.WEEK;
    return unit.compareTo(coarsest) <= 0 && !weekInMonth;
  }

  /**
   * What orders and tells apart the windows of an answer: milliseconds of a calendar window's
   * start, a number from 0 of a cyclic one, 0 of {@link #NONE}.
   */
  long group(long windowStart, CalendarWindows calendar) {
    return switch (this) {
      case NONE -> 0;
      case MINUTE -> calendar.start(WindowUnit.MINUTE, windowStart);
      case HOUR -> calendar.start(WindowUnit.HOUR, windowStart);
      case DAY -> calendar.start(WindowUnit.DAY, windowStart);
      case WEEK -> calendar.start(WindowUnit.WEEK, windowStart);
      case MONTH -> calendar.start(WindowUnit.MONTH, windowStart);
      case HOUR_OF_DAY -> local(windowStart, calendar.zone()).getHour();
      case DAY_OF_WEEK -> dayOf(local(windowStart, calendar.zone()));
      case HOUR_OF_WEEK -> {
        ZonedDateTime time = local(windowStart, calendar.zone());
        yield dayOf(time) * (long) HOURS + time.getHour();
      }
    };
  }

  /** Whether groups are instants. */
  boolean isCalendar() {
    return this != NONE && this != HOUR_OF_DAY && this != DAY_OF_WEEK && this != HOUR_OF_WEEK;
  }

  /** Name of a group of a cyclic roll. */
  String cycleName(long group) {
    return switch (this) {
      case HOUR_OF_DAY -> hour(group);
      case DAY_OF_WEEK -> day(group);
      case HOUR_OF_WEEK -> day(group / HOURS) + "-" + hour(group % HOURS);
      default -> throw new IllegalStateException(this + " is no cycle");
    };
  }

  private static ZonedDateTime local(long time, ZoneId zone) {
    return Instant.ofEpochMilli(time).atZone(zone);
  }

  private static int dayOf(ZonedDateTime time) {
    return time.getDayOfWeek().getValue() - 1;
  }

  private static String hour(long hour) {
    return String.format("%02d", hour);
  }

  private static String day(long day) {
    return DayOfWeek.of((int) day + 1).name().substring(0, 3);
  }
}
