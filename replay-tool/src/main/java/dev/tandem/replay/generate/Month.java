package dev.tandem.replay.generate;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * One month of a history.
 *
 * @param index from 0
 * @param events how many it has; blank rows come on top
 * @param first number of its first event in the whole history, from 0
 */
record Month(int index, YearMonth month, int events, long first) {
  private static final YearMonth START = YearMonth.of(2017, 1);

  /** With the first clock change of the year among them. */
  private static final int LEAST_MONTHS = 3;

  /** Until August 2026: a history has no events that are yet to come. */
  private static final int MOST_MONTHS = 116;

  private static final int USUAL_EVENTS = 35_000;
  private static final int MOST_EVENTS = 50_000;

  /** How much of a year's riding falls on each month, January first. */
  private static final int[] SEASON = {30, 38, 55, 75, 115, 125, 150, 140, 115, 85, 50, 35};

  /**
   * Spreads {@code events} over months from January 2017, summers being busier. Where there are too
   * many for the months until August 2026, each has more.
   */
  static List<Month> plan(long events) {
    int months = (int) Math.min(MOST_MONTHS, Math.max(LEAST_MONTHS, ceilDiv(events, USUAL_EVENTS)));
    long most = Math.max(MOST_EVENTS, ceilDiv(events * MOST_EVENTS, (long) USUAL_EVENTS * months));
    long weight = 0;
    for (int i = 0; i < months; i++) {
      weight += season(i);
    }
    List<Month> plan = new ArrayList<>();
    long first = 0;
    long weightLeft = weight;
    for (int i = 0; i < months; i++) {
      long left = events - first;
      long share = i == months - 1 ? left : left * season(i) / weightLeft;
      long atLeast = left - (months - 1 - i) * most;
      int count = (int) Math.max(Math.min(share, most), atLeast);
      plan.add(new Month(i, START.plusMonths(i), count, first));
      first += count;
      weightLeft -= season(i);
    }
    return plan;
  }

  private static int season(int index) {
    return SEASON[index % SEASON.length];
  }

  private static long ceilDiv(long a, long b) {
    return (a + b - 1) / b;
  }

  /** {@code 2017_01}. */
  String fileName() {
    return "%d_%02d".formatted(month.getYear(), month.getMonthValue());
  }
}
