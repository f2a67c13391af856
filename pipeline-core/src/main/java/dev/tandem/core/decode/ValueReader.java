package dev.tandem.core.decode;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldSource;
import dev.tandem.core.definition.FieldSource.Reading;
import dev.tandem.core.event.Decimals;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventLimits;
import dev.tandem.core.event.IsoTimes;
import java.nio.CharBuffer;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/** Text to a field's value. */
interface ValueReader {

  /**
   * Sets the field to what the text says; a text that cannot be read leaves it null.
   *
   * @param text {@code [start, end)} is stripped of blanks and not empty
   */
  void read(char[] text, int start, int end, Field field, Event event);

  /** The reader of a source; for one thread. */
  static ValueReader of(FieldSource source, ZoneId zone) {
    Reading reading = source.reading();
    if (reading instanceof Reading.Pattern pattern) {
      return new PatternReader(pattern.pattern(), zone);
    } else if (reading instanceof Reading.Iso) {
      return (text, start, end, field, event) ->
          setTime(IsoTimes.parse(text, start, end), field, event);
    } else if (reading instanceof Reading.Epoch epoch) {
      return (text, start, end, field, event) ->
          setEpoch(text, start, end, epoch.unit(), field, event);
    } else if (reading instanceof Reading.Hms) {
      return ValueReader::readHms;
    }
    return plain(source.field());
  }

  private static ValueReader plain(Field field) {
    return switch (field.type()) {
      case STRING, STRINGS -> new TextReader();
      case LONG -> ValueReader::readLong;
      case DECIMAL -> ValueReader::readDecimal;
      case DOUBLE -> ValueReader::readDouble;
      case BOOLEAN -> ValueReader::readBoolean;
      case TIMESTAMP -> throw new IllegalStateException("no way to read " + field.name());
    };
  }

  /** Only digits and a sign: a fraction or an exponent is no LONG. */
  private static void readLong(char[] text, int start, int end, Field field, Event event) {
    for (int i = start; i < end; i++) {
      boolean sign = i == start && (text[i] == '-' || text[i] == '+');
      if (!sign && (text[i] < '0' || text[i] > '9')) {
        return;
      }
    }
    setNumber(Decimals.parse(text, start, end, 0), field, event);
  }

  private static void readDecimal(char[] text, int start, int end, Field field, Event event) {
    setNumber(Decimals.parse(text, start, end, field.scale()), field, event);
  }

  private static void readDouble(char[] text, int start, int end, Field field, Event event) {
    double plain = plainDouble(text, start, end);
    if (!Double.isNaN(plain)) {
      event.setDouble(field, plain);
      return;
    }
    for (int i = start; i < end; i++) {
      char c = text[i];
      // Not what Double takes besides: NaN, Infinity, hexadecimal, a suffix.
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return;
      }
    }
    try {
      double value = Double.parseDouble(new String(text, start, end - start));
      if (Double.isFinite(value)) {
        event.setDouble(field, value);
      }
    } catch (NumberFormatException e) {
      // not a number: stays null
    }
  }

  /**
   * The double of {@code [+-]digits[.digits]}, or NaN when it is something else or has more than 15
   * digits. Both numbers of the division are exact then, so its result is rounded once, to the
   * nearest double (Clinger, How to Read Floating Point Numbers Accurately, 1990).
   */
  private static double plainDouble(char[] text, int start, int end) {
    int i = start;
    boolean negative = text[i] == '-';
    if (negative || text[i] == '+') {
      i++;
    }
    int point = -1;
    long digits = 0;
    if (end - i > 16 || end == i) {
      return Double.NaN;
    }
    for (int at = i; at < end; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
      } else if (text[at] == '.' && point < 0) {
        point = at;
      } else {
        return Double.NaN;
      }
    }
    int count = end - i - (point < 0 ? 0 : 1);
    if (count == 0 || count > 15) {
      return Double.NaN;
    }
    double value = point < 0 ? digits : digits / Powers.OF_TEN[end - 1 - point];
    return negative ? -value : value;
  }

  /** Powers of ten, which doubles are exactly. */
  final class Powers {
    private static final double[] OF_TEN = {
      1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private Powers() {}
  }

  private static void readBoolean(char[] text, int start, int end, Field field, Event event) {
    String value = new String(text, start, end - start);
    if (value.equalsIgnoreCase("true")) {
      event.setNumber(field, 1);
    } else if (value.equalsIgnoreCase("false")) {
      event.setNumber(field, 0);
    }
  }

  /** {@code H…:MM:SS} to seconds. */
  private static void readHms(char[] text, int start, int end, Field field, Event event) {
    int colon = end - 6;
    if (colon <= start || text[colon] != ':' || text[colon + 3] != ':') {
      return;
    }
    int minutes = twoDigits(text, colon + 1);
    int seconds = twoDigits(text, colon + 4);
    if (minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) {
      return;
    }
    long hours = 0;
    for (int i = start; i < colon; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9 || hours > EventLimits.MAX_NUMBER) {
        return;
      }
      hours = hours * 10 + digit;
    }
    if (hours <= EventLimits.MAX_NUMBER) {
      setNumber(hours * 3600 + minutes * 60 + seconds, field, event);
    }
  }

  private static int twoDigits(char[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  private static void setEpoch(
      char[] text, int start, int end, TimeUnit unit, Field field, Event event) {
    if (unit == TimeUnit.MICROSECONDS) {
      setMicros(CharBuffer.wrap(text, start, end - start), field, event);
      return;
    }
    long units = Decimals.parse(text, start, end, 0);
    if (EventLimits.isNumber(units)) {
      setTime(unit.toMillis(units), field, event);
    }
  }

  /** Today's microseconds are more than a LONG of an event may be. */
  private static void setMicros(CharSequence text, Field field, Event event) {
    try {
      setTime(Math.floorDiv(Long.parseLong(text, 0, text.length(), 10), 1_000L), field, event);
    } catch (NumberFormatException e) {
      // Not a time: stays null.
    }
  }

  private static void setNumber(long value, Field field, Event event) {
    if (EventLimits.isNumber(value)) {
      event.setNumber(field, value);
    }
  }

  /** A time outside the years 1 to 9999, also {@link IsoTimes#NOT_A_TIME}, stays null. */
  static void setTime(long millis, Field field, Event event) {
    if (EventLimits.isTime(millis)) {
      event.setNumber(field, millis);
    }
  }
}
