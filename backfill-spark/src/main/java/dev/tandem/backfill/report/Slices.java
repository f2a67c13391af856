package dev.tandem.backfill.report;

import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.time.CalendarWindows;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/** Finds the slice of a row. Remembers the months it has seen; not thread-safe. */
public final class Slices {
  private final CalendarWindows calendar;
  private final TreeMap<Long, Long> months = new TreeMap<>();

  public Slices(ZoneId zone) {
    calendar = new CalendarWindows(zone);
  }

  /**
   * @param aggregate index in the pipeline
   * @param windowStart of the row
   */
  public Slice of(int aggregate, long windowStart) {
    Map.Entry<Long, Long> month = months.floorEntry(windowStart);
    if (month == null || windowStart >= month.getValue()) {
      long start = calendar.start(WindowUnit.MONTH, windowStart);
      month = Map.entry(start, calendar.end(WindowUnit.MONTH, start));
      months.put(month.getKey(), month.getValue());
    }
    return new Slice(aggregate, month.getKey(), month.getValue());
  }
}
