package dev.tandem.core.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Arrays;

/**
 * JSON written by hand into a buffer that is used again, byte for byte as Jackson writes it: for
 * records of which there are millions. Whoever writes sees to it that brackets and commas are
 * right. Not thread-safe.
 */
public final class JsonBytes {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(US_ASCII);
  private static final byte[] NULL = "null".getBytes(US_ASCII);
  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);

  /** A long has at most 19 digits, a sign and a point. */
  private static final int NUMBER = 21;

  /** Decimal places that {@link #number(double)} tries, and what shifts them before the point. */
  private static final int PLACES = 7;

  private static final double SHIFT = 1e7;

  /** With fewer than 16 digits in all, one decimal at most is the double. */
  private static final double MOST_SHIFTED = 1e15;

  private final byte[] digits = new byte[NUMBER];
  private byte[] out = new byte[512];
  private int size;

  /** The bytes of a name as JSON, quotes around it. */
  public static byte[] quoted(String name) {
    byte[] escaped = new SerializedString(name).asQuotedUTF8();
    JsonBytes json = new JsonBytes();
    json.raw('"');
    json.raw(escaped);
    json.raw('"');
    return json.toArray();
  }

  public void clear() {
    size = 0;
  }

  public byte[] toArray() {
    return Arrays.copyOf(out, size);
  }

  private void room(int n) {
    if (size + n > out.length) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, size + n));
    }
  }

  /** ASCII that needs no escapes. */
  public void raw(char c) {
    room(1);
    out[size++] = (byte) c;
  }

  /** What is JSON already. */
  public void raw(byte[] json) {
    room(json.length);
    System.arraycopy(json, 0, out, size, json.length);
    size += json.length;
  }

  public void nothing() {
    raw(NULL);
  }

  public void bool(boolean value) {
    raw(value ? TRUE : FALSE);
  }

  /**
   * A text, of which the bytes {@code [from, to)} are the UTF-8. Characters that are two in Java
   * are written as two escapes.
   */
  public void text(byte[] utf8, int from, int to) {
    room((to - from) * 6 + 2);
    out[size++] = '"';
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        escape(b);
      } else if ((b & 0xF8) == 0xF0 && i + 3 < to) {
        int high = (b & 7) << 18 | (utf8[++i] & 0x3F) << 12;
        int codePoint = high | (utf8[++i] & 0x3F) << 6 | (utf8[++i] & 0x3F);
        escape(Character.highSurrogate(codePoint));
        escape(Character.lowSurrogate(codePoint));
      } else {
        out[size++] = b;
      }
    }
    out[size++] = '"';
  }

  /** A text, {@link EventLimits#isWellFormed well-formed}. */
  public void text(String text) {
    int count = text.length();
    room(count + 2);
    int at = size;
    out[at++] = '"';
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        byte[] utf8 = text.getBytes(UTF_8);
        text(utf8, 0, utf8.length);
        return;
      }
      out[at++] = (byte) c;
    }
    out[at++] = '"';
    size = at;
  }

  /** Characters of ASCII as they are. */
  void raw(char[] ascii, int count) {
    room(count);
    for (int i = 0; i < count; i++) {
      out[size + i] = (byte) ascii[i];
    }
    size += count;
  }

  private void escape(char c) {
    out[size++] = '\\';
    out[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      out[size++] = HEX[c >> shift & 0xF];
    }
  }

  private void escape(byte b) {
    char letter =
        switch (b) {
          case '"', '\\' -> (char) b;
          case '\b' -> 'b';
          case '\t' -> 't';
          case '\n' -> 'n';
          case '\f' -> 'f';
          case '\r' -> 'r';
          default -> 'u';
        };
    if (letter == 'u') {
      escape((char) b);
    } else {
      out[size++] = '\\';
      out[size++] = (byte) letter;
    }
  }

  public void number(long value) {
    scaled(value, 0);
  }

  /** With exactly {@code scale} places, as {@code Decimals.format}: 1540 of scale 2 is 15.40. */
  public void scaled(long value, int scale) {
    // Negative, because the least long has no positive counterpart.
    long left = value > 0 ? -value : value;
    int at = NUMBER;
    int places = 0;
    do {
      if (places == scale && places > 0) {
        digits[--at] = '.';
      }
      digits[--at] = (byte) ('0' - left % 10);
      left /= 10;
      places++;
    } while (left != 0 || places <= scale);
    if (value < 0) {
      digits[--at] = '-';
    }
    room(NUMBER);
    System.arraycopy(digits, at, out, size, NUMBER - at);
    size += NUMBER - at;
  }

  /**
   * As {@link Double#toString} of newer JDKs: the shortest decimal that is read as this double. Of
   * an ordinary coordinate that is found by trying one of seven places.
   */
  public void number(double value) {
    double magnitude = Math.abs(value);
    double shifted = Math.rint(magnitude * SHIFT);
    if (magnitude >= 1e-3
        && magnitude < 1e7
        && shifted < MOST_SHIFTED
        && shifted / SHIFT == magnitude) {
      long scaled = (long) shifted;
      int places = PLACES;
      while (places > 1 && scaled % 10 == 0) {
        scaled /= 10;
        places--;
      }
      scaled(value < 0 ? -scaled : scaled, places);
    } else if (Double.isFinite(value)) {
      raw(NumberOutput.toString(value, true).getBytes(US_ASCII));
    } else {
      raw('"');
      raw(Double.toString(value).getBytes(US_ASCII));
      raw('"');
    }
  }
}
