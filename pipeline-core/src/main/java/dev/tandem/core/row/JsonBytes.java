package dev.tandem.core.row;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Arrays;

/**
 * JSON written by hand into a buffer that is used again, byte for byte as Jackson writes it: for
 * records of which there are millions. Whoever writes sees to it that brackets and commas are
 * right. Not thread-safe.
 */
final class JsonBytes {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(US_ASCII);
  private static final byte[] NULL = "null".getBytes(US_ASCII);
  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);

  /** A long has at most 19 digits, a sign and a point. */
  private static final int NUMBER = 21;

  private final byte[] digits = new byte[NUMBER];
  private byte[] out = new byte[512];
  private int size;

  /** The bytes of a name as JSON, quotes around it. */
  static byte[] quoted(String name) {
    byte[] escaped = new SerializedString(name).asQuotedUTF8();
    JsonBytes json = new JsonBytes();
    json.raw('"');
    json.raw(escaped);
    json.raw('"');
    return json.toArray();
  }

  void clear() {
    size = 0;
  }

  byte[] toArray() {
    return Arrays.copyOf(out, size);
  }

  private void room(int n) {
    if (size + n > out.length) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, size + n));
    }
  }

  /** ASCII that needs no escapes. */
  void raw(char c) {
    room(1);
    out[size++] = (byte) c;
  }

  /** What is JSON already. */
  void raw(byte[] json) {
    room(json.length);
    System.arraycopy(json, 0, out, size, json.length);
    size += json.length;
  }

  void nothing() {
    raw(NULL);
  }

  void bool(boolean value) {
    raw(value ? TRUE : FALSE);
  }

  /**
   * A text, of which the bytes {@code [from, to)} are the UTF-8. Characters that are two in Java
   * are written as two escapes.
   */
  void text(byte[] utf8, int from, int to) {
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

  void number(long value) {
    scaled(value, 0);
  }

  /** With exactly {@code scale} places, as {@code Decimals.format}: 1540 of scale 2 is 15.40. */
  void scaled(long value, int scale) {
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
}
