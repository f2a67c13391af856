package dev.tandem.core.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * JSON as bytes, one value behind the other, as Jackson's generator would write it: what is plain
 * goes straight into one array, what is rare is left to Jackson. Not thread-safe.
 */
final class JsonBytes {
  /** Decimal places that {@link #writeDouble} tries, and what a value is multiplied by for them. */
  private static final int PLACES = 7;

  private static final double SHIFT = 1e7;

  /** With fewer than 16 digits in all, one decimal at most is the double. */
  private static final double MOST_SHIFTED = 1e15;

  private static final int MOST_DIGITS = 20;

  private byte[] bytes = new byte[1024];
  private int length;

  void reset() {
    length = 0;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  void write(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
  }

  void write(byte[] some) {
    room(some.length);
    System.arraycopy(some, 0, bytes, length, some.length);
    length += some.length;
  }

  /** Characters of ASCII as they are. */
  void write(char[] ascii, int count) {
    room(count);
    for (int i = 0; i < count; i++) {
      bytes[length + i] = (byte) ascii[i];
    }
    length += count;
  }

  /** A text in quotes. */
  void writeText(String text) {
    int count = text.length();
    room(count + 2);
    byte[] out = bytes;
    int at = length;
    out[at++] = '"';
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        write(quoted(text));
        return;
      }
      out[at++] = (byte) c;
    }
    out[at++] = '"';
    length = at;
  }

  private static byte[] quoted(String text) {
    ByteArrayOutputStream quoted = new ByteArrayOutputStream(text.length() + 16);
    try (JsonGenerator generator = EventJson.FACTORY.createGenerator(quoted)) {
      generator.writeString(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return quoted.toByteArray();
  }

  /** A whole number. */
  void writeLong(long value) {
    writeScaled(value, 0);
  }

  /** With exactly {@code scale} places: 1540 of scale 2 is {@code 15.40}. */
  void writeScaled(long scaled, int scale) {
    if (scaled == Long.MIN_VALUE) {
      writeAscii(Decimals.format(scaled, scale));
      return;
    }
    room(MOST_DIGITS + 2 + scale);
    if (scaled < 0) {
      bytes[length++] = '-';
    }
    long rest = Math.abs(scaled);
    int digits = Math.max(digits(rest), scale + 1);
    int end = length + digits + (scale > 0 ? 1 : 0);
    for (int at = end - 1, place = 0; at >= length; at--, place++) {
      if (place == scale && scale > 0) {
        bytes[at] = '.';
      } else {
        bytes[at] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    length = end;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /**
   * As {@link Double#toString} of newer JDKs: the shortest decimal that is read as this double. Of
   * an ordinary coordinate that is found by trying one of seven places.
   */
  void writeDouble(double value) {
    double size = Math.abs(value);
    double shifted = Math.rint(size * SHIFT);
    if (size >= 1e-3 && size < 1e7 && shifted < MOST_SHIFTED && shifted / SHIFT == size) {
      long scaled = (long) shifted;
      int places = PLACES;
      while (places > 1 && scaled % 10 == 0) {
        scaled /= 10;
        places--;
      }
      writeScaled(value < 0 ? -scaled : scaled, places);
    } else if (Double.isFinite(value)) {
      writeAscii(NumberOutput.toString(value, true));
    } else {
      write('"');
      writeAscii(Double.toString(value));
      write('"');
    }
  }

  private void writeAscii(String text) {
    write(text.toCharArray(), text.length());
  }

  private void room(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }
}
