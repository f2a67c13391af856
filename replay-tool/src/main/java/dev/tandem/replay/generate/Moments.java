package dev.tandem.replay.generate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Random;

/**
 * When things happen in a month: by weekday and hour, with commuters' peaks, better and worse days,
 * and a few in the hour that a clock change skips (a clock that was not set) or repeats.
 */
final class Moments {
  private static final int HOURS = 24;

  /** Share of a working day's rides by hour, in thousandths. */
  private static final int[] WORKDAY = {
    9, 5, 3, 2, 4, 10, 16, 42, 64, 43, 40, 54, 63, 62, 61, 66, 79, 101, 78, 63, 53, 40, 28, 18
  };

  private static final int[] WEEKEND = {
    15, 9, 7, 2, 2, 3, 6, 10, 21, 31, 49, 67, 79, 88, 93, 91, 85, 78, 69, 59, 48, 38, 27, 19
  };

  private static final int PER_CLOCK_CHANGE = 4;

  private Moments() {}

  /**
   * Local times of {@code month} as the clock on the wall shows them, in seconds since 1970-01-01
   * of that clock, sorted. The hours of a clock change are among them when there are ten or more.
   */
  static long[] of(Month month, ZoneId zone, Random random) {
    long[] moments = new long[month.events()];
    int filled = moments.length < 10 ? 0 : clockChanges(month, zone, random, moments);
    double[] until = cumulative(month, zone.getRules(), random);
    long start = month.month().atDay(1).toEpochDay() * 86_400;
    for (int i = filled; i < moments.length; i++) {
      int hour = Chance.pick(until, random);
      moments[i] = start + hour * 3_600L + random.nextInt(3_600);
    }
    Arrays.sort(moments);
    return moments;
  }

  private static double[] cumulative(Month month, ZoneRules rules, Random random) {
    int days = month.month().lengthOfMonth();
    double[] weights = new double[days * HOURS];
    for (int day = 0; day < days; day++) {
      LocalDate date = month.month().atDay(day + 1);
      DayOfWeek weekday = date.getDayOfWeek();
      boolean weekend = weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
      double weather = 0.6 + 0.8 * random.nextDouble();
      for (int hour = 0; hour < HOURS; hour++) {
        // A skipped hour does not exist, a repeated one comes twice.
        int times = rules.getValidOffsets(date.atTime(hour, 30)).size();
        weights[day * HOURS + hour] = weather * times * (weekend ? WEEKEND : WORKDAY)[hour];
      }
    }
    return Chance.cumulative(weights);
  }

  private static int clockChanges(Month month, ZoneId zone, Random random, long[] moments) {
    LocalDateTime start = month.month().atDay(1).atStartOfDay();
    LocalDateTime end = start.plusMonths(1);
    ZoneOffsetTransition change =
        zone.getRules().nextTransition(start.atZone(zone).toInstant().minusSeconds(1));
    if (change == null || !change.getDateTimeAfter().isBefore(end)) {
      return 0;
    }
    LocalDateTime odd = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
    long second = odd.toEpochSecond(ZoneOffset.UTC);
    int length = (int) change.getDuration().abs().toSeconds();
    for (int i = 0; i < PER_CLOCK_CHANGE; i++) {
      moments[i] = second + random.nextInt(length);
    }
    return PER_CLOCK_CHANGE;
  }
}
