package dev.tandem.bench.plain;

import java.util.List;

/** The rows of the five aggregates, each in a table. For one thread. */
public final class TripTables {
  /** Bits of a name's number in a key; what is before the names is the window. */
  public static final int NAME_BITS = 20;

  public static final int NAME_MASK = (1 << NAME_BITS) - 1;

  /** Instead of seconds until an end that is not known. */
  public static final long NO_END = Long.MIN_VALUE;

  private static final int DAY_SECONDS = 86_400;
  private static final int MOST_CENTS = 10_000;

  private final List<RowTable> tables =
      List.of(new RowTable(), new RowTable(), new RowTable(), new RowTable(), new RowTable());

  /**
   * By aggregate: trips by hour; by day and plan; departures by hour and station; arrivals by hour
   * and station; routes by day and both stations.
   */
  public List<RowTable> all() {
    return tables;
  }

  /**
   * Counts a trip, after the pipeline's rules.
   *
   * @param day of its start, days since 1970
   * @param hour of its start, hours since 1970
   * @param endHour of its end; nothing without an end
   * @param between seconds from start to end, or {@link #NO_END}
   * @param plan number of a name, as both stations
   * @param seconds it took, or {@link RowTable#NONE}
   * @param cents hundredths of a mile, or {@link RowTable#NONE}
   */
  public void add(
      long day,
      long hour,
      long endHour,
      long between,
      int plan,
      long from,
      long to,
      long seconds,
      long cents) {
    long lasted = within(seconds == RowTable.NONE ? between : seconds, DAY_SECONDS);
    long went = within(cents, MOST_CENTS);
    tables.get(0).add(hour, lasted, went);
    tables.get(1).add(day << NAME_BITS | plan, lasted, went);
    tables.get(2).add(hour << NAME_BITS | from, lasted, went);
    if (within(between, DAY_SECONDS) != RowTable.NONE) {
      tables.get(3).add(endHour << NAME_BITS | to, lasted, went);
    }
    tables.get(4).add((day << NAME_BITS | from) << NAME_BITS | to, lasted, went);
  }

  private static long within(long value, long most) {
    return value < 0 || value > most ? RowTable.NONE : value;
  }

  /** Adds the rows of others. */
  public void addAll(TripTables others) {
    for (int i = 0; i < tables.size(); i++) {
      tables.get(i).addAll(others.tables.get(i));
    }
  }

  /** Removes all rows; their room stays. */
  public void clear() {
    tables.forEach(RowTable::clear);
  }
}
