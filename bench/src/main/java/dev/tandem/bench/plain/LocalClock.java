package dev.tandem.bench.plain;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Dates and hours of the zone, remembered. Its offsets are whole hours, so that hours since 1970
 * are its own hours, too. For one thread.
 */
public final class LocalClock {
  public static final int NO_DAY = -1;

  /** Of the pipeline. */
  public static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");

  private static final int FIRST_YEAR = 1970;
  private static final int YEARS = 200;
  private static final int DAYS_A_YEAR = 12 * 31;

  /** Days since 1970 and two; 0 where not asked yet. */
  private final int[] days = new int[YEARS * DAYS_A_YEAR];

  /** Hours that UTC is ahead, by local hour since 1970; 0 where not asked yet. */
  private final byte[] ahead = new byte[(YEARS + 1) * 366 * 24];

  /** Days since 1970 of a date; {@link #NO_DAY} when there is no such date from 1970 to 2169. */
  public int day(int year, int month, int day) {
    if (year < FIRST_YEAR
        || year >= FIRST_YEAR + YEARS
        || month < 1
        || month > 12
        || day < 1
        || day > 31) {
      return NO_DAY;
    }
    int at = (year - FIRST_YEAR) * DAYS_A_YEAR + (month - 1) * 31 + day - 1;
    if (days[at] == 0) {
      days[at] = 2 + find(year, month, day);
    }
    return days[at] - 2;
  }

  private static int find(int year, int month, int day) {
    try {
      return (int) LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException e) {
      return NO_DAY;
    }
  }

  /** The hour since 1970 in UTC of a local hour; of two the earlier, of a skipped one the next. */
  public int utc(int day, int hour) {
    int local = day * 24 + hour;
    if (ahead[local] == 0) {
      ahead[local] =
          (byte)
              (LocalDate.ofEpochDay(day).atTime(hour, 0).atZone(ZONE).toEpochSecond() / 3600
                  - local);
    }
    return local + ahead[local];
  }
}
