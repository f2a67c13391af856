package dev.tandem.bench.backfill;

import dev.tandem.bench.plain.LocalClock;
import dev.tandem.bench.plain.Names;
import dev.tandem.bench.plain.RowTable;
import dev.tandem.bench.plain.TripTables;
import java.util.List;

/** Folds the trips of files into tables of packed keys. For one thread. */
final class TripFold {
  private final TripTables tables = new TripTables();
  private final LocalClock clock = new LocalClock();
  private final Names names;

  /** Place in the text that is read at the moment. */
  private int at;

  TripFold(Names.Shared shared) {
    this.names = new Names(shared);
  }

  List<RowTable> tables() {
    return tables.all();
  }

  /** Adds what another thread has folded. */
  void addAll(TripFold other) {
    tables.addAll(other.tables);
  }

  /** Columns by their place in a record. */
  private record Columns(
      int id,
      int plan,
      int from,
      int to,
      int startDate,
      int startTime,
      int endDate,
      int endTime,
      int miles,
      int duration) {
    static Columns of(List<String> header) {
      return new Columns(
          header.indexOf("RouteID"),
          header.indexOf("PaymentPlan"),
          header.indexOf("StartHub"),
          header.indexOf("EndHub"),
          header.indexOf("StartDate"),
          header.indexOf("StartTime"),
          header.indexOf("EndDate"),
          header.indexOf("EndTime"),
          Math.max(header.indexOf("Distance_Miles"), header.indexOf("Distance_Miles_")),
          header.indexOf("Duration"));
    }
  }

  /** Folds a file. */
  void add(CsvBytes csv) {
    if (csv.next()) {
      Columns columns = Columns.of(csv.texts());
      while (csv.next()) {
        add(csv, columns);
      }
    }
  }

  private void add(CsvBytes csv, Columns columns) {
    byte[] text = csv.text();
    int day = day(text, csv.start(columns.startDate), csv.end(columns.startDate));
    int minute = minute(text, csv.start(columns.startTime), csv.end(columns.startTime));
    if (csv.start(columns.id) == csv.end(columns.id) || day < 0 || minute < 0) {
      return;
    }
    int startHour = clock.utc(day, minute / 60);
    long start = startHour * 60L + minute % 60;
    int endDay = day(text, csv.start(columns.endDate), csv.end(columns.endDate));
    int endMinute = minute(text, csv.start(columns.endTime), csv.end(columns.endTime));
    boolean ends = endDay >= 0 && endMinute >= 0;
    int endHour = ends ? clock.utc(endDay, endMinute / 60) : 0;
    long between = ends ? (endHour * 60L + endMinute % 60 - start) * 60 : TripTables.NO_END;
    tables.add(
        day,
        startHour,
        endHour,
        between,
        name(csv, columns.plan),
        name(csv, columns.from),
        name(csv, columns.to),
        seconds(text, csv.start(columns.duration), csv.end(columns.duration)),
        cents(text, csv.start(columns.miles), csv.end(columns.miles)));
  }

  private int name(CsvBytes csv, int column) {
    return names.number(csv.text(), csv.start(column), csv.end(column));
  }

  /** Days since 1970 of {@code M/d/yyyy}, or negative. */
  private int day(byte[] text, int start, int end) {
    at = start;
    int month = (int) digits(text, end);
    int day = sign(text, end, '/') ? (int) digits(text, end) : -1;
    int year = sign(text, end, '/') ? (int) digits(text, end) : -1;
    return at == end ? clock.day(year, month, day) : LocalClock.NO_DAY;
  }

  /** Minutes since midnight of {@code H:mm}, or negative. */
  private int minute(byte[] text, int start, int end) {
    at = start;
    int hour = (int) digits(text, end);
    int minute = sign(text, end, ':') ? (int) digits(text, end) : -1;
    return at == end && hour >= 0 && hour < 24 && minute >= 0 && minute < 60
        ? hour * 60 + minute
        : -1;
  }

  /** Of {@code H...:MM:SS}, or {@link RowTable#NONE}. */
  private long seconds(byte[] text, int start, int end) {
    at = start;
    long hours = digits(text, end);
    long minutes = sign(text, end, ':') ? digits(text, end) : -1;
    long seconds = sign(text, end, ':') ? digits(text, end) : -1;
    return at == end && hours >= 0 && minutes >= 0 && seconds >= 0
        ? hours * 3600 + minutes * 60 + seconds
        : RowTable.NONE;
  }

  /** Hundredths, half up, of a decimal that is not negative; otherwise {@link RowTable#NONE}. */
  private long cents(byte[] text, int start, int end) {
    at = start;
    long whole = digits(text, end);
    if (whole < 0) {
      return RowTable.NONE;
    }
    long cents = whole * 100;
    if (sign(text, end, '.')) {
      int first = at;
      digits(text, end);
      cents += 10 * digit(text, first, at) + digit(text, first + 1, at);
      cents += digit(text, first + 2, at) >= 5 ? 1 : 0;
    }
    return at == end ? cents : RowTable.NONE;
  }

  private static int digit(byte[] text, int index, int end) {
    return index < end ? text[index] - '0' : 0;
  }

  private boolean sign(byte[] text, int end, char sign) {
    return at < end && text[at++] == sign;
  }

  /** The number that the digits from here on are, -1 without any. */
  private long digits(byte[] text, int end) {
    int first = at;
    long number = 0;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      number = number * 10 + text[at++] - '0';
    }
    return at == first ? -1 : number;
  }
}
