package dev.tandem.core.decode;

import dev.tandem.core.TandemException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The physical lines of a stream as bytes; a line ends with LF, CRLF or CR. A BOM is skipped, gzip
 * is unpacked. After an error in the stream the line that it cut is not given: its end may be
 * missing.
 */
final class Lines implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final InputStream source;
  private final String name;
  private final byte[] buffer = new byte[BUFFER];
  private @Nullable InputStream in;
  private int at;
  private int limit;
  private long number;

  Lines(InputStream source, String name) {
    this.source = source;
    this.name = name;
  }

  /**
   * A line.
   *
   * @param number from 1
   * @param bytes with the line break
   * @param tooLong whether the line is longer than {@link FileDecoder#MAX_RECORD_BYTES} and cut
   */
  record Line(long number, byte[] bytes, boolean tooLong) {
    /** Length without the line break. */
    int length() {
      return withoutBreak(bytes, bytes.length);
    }
  }

  /** The length without a line break at the end. */
  static int withoutBreak(byte[] bytes, int length) {
    int end = length;
    if (end > 0 && bytes[end - 1] == '\n') {
      end--;
    }
    if (end > 0 && bytes[end - 1] == '\r') {
      end--;
    }
    return end;
  }

  /** The first byte that is neither blank nor a line break, or -1; nothing is consumed. */
  int firstByte() {
    fill();
    for (int i = at; i < limit; i++) {
      if (buffer[i] > ' ' || buffer[i] < 0) {
        return buffer[i] & 0xff;
      }
    }
    return -1;
  }

  /** Whether what is left begins so; nothing is consumed. */
  boolean startWith(byte[] prefix) {
    fill();
    int end = Math.min(limit, at + prefix.length);
    return Arrays.equals(prefix, Arrays.copyOfRange(buffer, Math.min(at, end), end));
  }

  /** The next line, or null at the end. */
  @Nullable Line next() {
    if (!fill()) {
      return null;
    }
    int end = findBreak();
    if (end < limit || buffer[end - 1] == '\n') {
      byte[] bytes = Arrays.copyOfRange(buffer, at, end);
      at = end;
      return new Line(++number, bytes, false);
    }
    return nextAcrossBuffers(end);
  }

  /** Index behind the line break, or {@code limit} when there is none before it. */
  private int findBreak() {
    for (int i = at; i < limit; i++) {
      byte b = buffer[i];
      if (b == '\n') {
        return i + 1;
      }
      if (b == '\r' && i + 1 < limit) {
        return buffer[i + 1] == '\n' ? i + 2 : i + 1;
      }
    }
    return limit;
  }

  /** A line that reaches the end of the buffer; its CR may still get an LF. */
  private Line nextAcrossBuffers(int firstEnd) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(2 * BUFFER);
    boolean tooLong = false;
    int end = firstEnd;
    byte last;
    while (true) {
      int room = FileDecoder.MAX_RECORD_BYTES + 2 - line.size();
      tooLong |= end - at > room;
      line.write(buffer, at, Math.min(end - at, room));
      last = buffer[end - 1];
      at = end;
      if (last == '\n' || !fill()) {
        break;
      }
      if (last == '\r' && buffer[at] != '\n') {
        break;
      }
      end = findBreak();
      if (end < limit && buffer[end - 1] != '\n') {
        // ended by a CR within the buffer
        room = FileDecoder.MAX_RECORD_BYTES + 2 - line.size();
        tooLong |= end - at > room;
        line.write(buffer, at, Math.min(end - at, room));
        at = end;
        break;
      }
    }
    Line whole = new Line(++number, line.toByteArray(), false);
    return tooLong || whole.length() > FileDecoder.MAX_RECORD_BYTES
        ? new Line(number, whole.bytes(), true)
        : whole;
  }

  /** Whether there is anything in the buffer, after reading if there was not. */
  private boolean fill() {
    if (at < limit) {
      return true;
    }
    try {
      if (in == null) {
        in = Gunzip.ifGzip(source);
        limit = in.readNBytes(buffer, 0, 3);
        boolean bom =
            limit == 3
                && buffer[0] == (byte) 0xef
                && buffer[1] == (byte) 0xbb
                && buffer[2] == (byte) 0xbf;
        at = bom ? 3 : 0;
        // A live source may not send more for long.
        if (at == limit || in.available() > 0) {
          limit += Math.max(in.read(buffer, limit, buffer.length - limit), 0);
        }
        return at < limit;
      }
      at = 0;
      limit = Math.max(in.read(buffer, 0, buffer.length), 0);
      return limit > 0;
    } catch (EOFException e) {
      throw TandemException.failed(
          name + " is cut off after line " + number + ": get the file again", e);
    } catch (ZipException e) {
      throw TandemException.failed(
          name
              + " is damaged at line "
              + number
              + " or before ("
              + e.getMessage()
              + "): get it again",
          e);
    } catch (IOException e) {
      throw TandemException.failed(
          "Cannot read "
              + name
              + " after line "
              + number
              + ": "
              + e
              + "; check the disk or network",
          e);
    }
  }

  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw TandemException.failed("Cannot close " + name + ": " + e, e);
    }
  }
}
