package dev.tandem.replay.fetch;

import dev.tandem.core.TandemException;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;

/**
 * Months that follow each other.
 *
 * @param first inclusive
 * @param last inclusive, not before the first
 */
record Months(YearMonth first, YearMonth last) {
  private static final int MOST = 1_200;

  /**
   * Reads {@code 2016-07..2018-03}, both inclusive, or a single month.
   *
   * @throws TandemException of wrong use
   */
  static Months parse(String text) {
    String[] ends = text.split("\\.\\.", -1);
    try {
      Months months = new Months(YearMonth.parse(ends[0]), YearMonth.parse(ends[ends.length - 1]));
      if (ends.length <= 2
          && !months.last.isBefore(months.first)
          && months.first.plusMonths(MOST).isAfter(months.last)) {
        return months;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw TandemException.wrongUse(
        "--months " + text + ": give the first and the last one, such as 2016-07..2018-03");
  }

  List<YearMonth> all() {
    return Stream.iterate(first, m -> !m.isAfter(last), m -> m.plusMonths(1)).toList();
  }
}
