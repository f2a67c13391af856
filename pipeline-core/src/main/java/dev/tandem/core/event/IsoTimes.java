package dev.tandem.core.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * ISO-8601 times with offset, as events and rows have them: {@code 2017-07-01T08:00:00-07:00}, with
 * {@code .SSS} only where the milliseconds are not 0, and {@code Z} for no offset.
 *
 * <p>Reading is static and thread-safe; writing keeps the zone's offset of the last time, so it is
 * for one thread.
 */
public final class IsoTimes {
  /** Returned for a text that is no time. */
  public static final long NOT_A_TIME = Long.MIN_VALUE;

  private static final long DAY = 86_400_000L;
  private static final int MAX_TEXT = 64;

  private final ZoneRules rules;
  private final char[] buffer = new char[MAX_TEXT];
  private long offsetFrom = 1;
  private long offsetTo = 0; // exclusive; an empty range at first
  private int offsetMillis;
  private String offsetText = "";

  public IsoTimes(ZoneId zone) {
    this.rules = zone.getRules();
  }

  /** The time in the zone. */
  public String format(long epochMillis) {
    return new String(buffer, 0, write(epochMillis, buffer));
  }

  /**
   * Writes the time in the zone from the buffer's start and returns its length.
   *
   * @param out at least 64 long
   */
  public int write(long epochMillis, char[] out) {
    if (epochMillis < offsetFrom || epochMillis >= offsetTo) {
      findOffset(epochMillis);
    }
    long local = epochMillis + offsetMillis;
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(local, DAY));
    if (date.getYear() < 1 || date.getYear() > 9999) {
      return writeSlowly(epochMillis, out);
    }
    int time = (int) Math.floorMod(local, DAY);
    digits(out, 0, 4, date.getYear());
    out[4] = '-';
    digits(out, 5, 2, date.getMonthValue());
    out[7] = '-';
    digits(out, 8, 2, date.getDayOfMonth());
    out[10] = 'T';
    digits(out, 11, 2, time / 3_600_000);
    out[13] = ':';
    digits(out, 14, 2, time / 60_000 % 60);
    out[16] = ':';
    digits(out, 17, 2, time / 1000 % 60);
    int at = 19;
    if (time % 1000 != 0) {
      out[at] = '.';
      digits(out, at + 1, 3, time % 1000);
      at += 4;
    }
    offsetText.getChars(0, offsetText.length(), out, at);
    return at + offsetText.length();
  }

  /**
   * Milliseconds since the epoch of an ISO-8601 time with offset, finer digits cut, or {@link
   * #NOT_A_TIME}.
   */
  public static long parse(char[] text, int start, int end) {
    int length = end - start;
    if (length < 20
        || text[start + 4] != '-'
        || text[start + 7] != '-'
        || text[start + 10] != 'T'
        || text[start + 13] != ':'
        || text[start + 16] != ':') {
      return parseSlowly(text, start, end);
    }
    int year = number(text, start, 4);
    int month = number(text, start + 5, 2);
    int day = number(text, start + 8, 2);
    int hour = number(text, start + 11, 2);
    int minute = number(text, start + 14, 2);
    int second = number(text, start + 17, 2);
    if ((year | month | day | hour | minute | second) < 0
        || month < 1
        || month > 12
        || day < 1
        || day > 28 && day > LocalDate.of(year, month, 1).lengthOfMonth()
        || hour > 23
        || minute > 59
        || second > 59) {
      return parseSlowly(text, start, end);
    }
    int at = start + 19;
    int millis = 0;
    if (text[at] == '.') {
      at++;
      int places = 0;
      for (; at < end && text[at] >= '0' && text[at] <= '9'; at++, places++) {
        millis = places < 3 ? millis * 10 + text[at] - '0' : millis;
      }
      if (places == 0 || places > 9) {
        return parseSlowly(text, start, end);
      }
      for (; places < 3; places++) {
        millis *= 10;
      }
    }
    long offset = offsetSeconds(text, at, end);
    if (offset == NOT_A_TIME) {
      return parseSlowly(text, start, end);
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return days * DAY + (hour * 3600 + minute * 60 + second - offset) * 1000 + millis;
  }

  private static long offsetSeconds(char[] text, int at, int end) {
    if (end - at == 1 && text[at] == 'Z') {
      return 0;
    }
    if (end - at != 6 || text[at + 3] != ':' || (text[at] != '+' && text[at] != '-')) {
      return NOT_A_TIME;
    }
    int hours = number(text, at + 1, 2);
    int minutes = number(text, at + 4, 2);
    if ((hours | minutes) < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
      return NOT_A_TIME;
    }
    int seconds = hours * 3600 + minutes * 60;
    return text[at] == '-' ? -seconds : seconds;
  }

  private static long parseSlowly(char[] text, int start, int end) {
    if (end - start > MAX_TEXT) {
      return NOT_A_TIME;
    }
    try {
      return OffsetDateTime.parse(new String(text, start, end - start)).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return NOT_A_TIME;
    }
  }

  private int writeSlowly(long epochMillis, char[] out) {
    String text =
        Instant.ofEpochMilli(epochMillis)
            .atOffset(ZoneOffset.ofTotalSeconds(offsetMillis / 1000))
            .toString();
    text.getChars(0, text.length(), out, 0);
    return text.length();
  }

  private void findOffset(long epochMillis) {
    Instant instant = Instant.ofEpochMilli(epochMillis);
    ZoneOffset offset = rules.getOffset(instant);
    @Nullable ZoneOffsetTransition next = rules.nextTransition(instant);
    @Nullable ZoneOffsetTransition last = rules.previousTransition(instant.plusMillis(1));
    offsetFrom = last == null ? Long.MIN_VALUE : last.getInstant().toEpochMilli();
    offsetTo = next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli();
    offsetMillis = offset.getTotalSeconds() * 1000;
    offsetText = offset.getId();
  }

  /** Digits as a number, or a negative number when there is anything else. */
  private static int number(char[] text, int at, int count) {
    int value = 0;
    for (int i = at; i < at + count; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MIN_VALUE;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static void digits(char[] out, int at, int count, int number) {
    int rest = number;
    for (int i = at + count - 1; i >= at; i--) {
      out[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
