package dev.tandem.core.decode;

import dev.tandem.core.TandemException;
import dev.tandem.core.event.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a CSV parser line by line, never more than it needs for the current record, and remembers
 * the lines of that record: their bytes, their number, whether they are UTF-8.
 */
final class LineFeed extends Reader {
  /** No parser has a limit of cells or of their length that so few characters could reach. */
  private static final int LONGEST_PLAIN = 1 << 13;

  private final Lines lines;
  private final Deque<Lines.Line> returned = new ArrayDeque<>();
  private final List<Lines.Line> record = new ArrayList<>();
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private char[] chars = new char[4096];
  private int at;
  private int limit;
  private int size;
  private boolean validUtf8 = true;
  private @Nullable TandemException failure;

  LineFeed(Lines lines) {
    this.lines = lines;
  }

  /** Begins a record: its first line, or null at the end. */
  Lines.@Nullable Line begin() {
    record.clear();
    size = 0;
    validUtf8 = true;
    at = 0;
    limit = 0;
    return advance();
  }

  /**
   * The record's first line where it has no quotes, and so is the whole record.
   *
   * @return whether it was
   */
  boolean split(Cells cells, char delimiter) {
    return limit <= LONGEST_PLAIN && cells.split(chars, limit, delimiter);
  }

  /** Gives up the record but for its first line: the others are read again. */
  void giveUp() {
    for (int i = record.size() - 1; i > 0; i--) {
      returned.addFirst(record.get(i));
    }
    Lines.Line first = record.get(0);
    record.clear();
    record.add(first);
  }

  long firstLine() {
    return record.get(0).number();
  }

  boolean isValidUtf8() {
    return validUtf8;
  }

  /** The record's bytes, without the last line break. */
  byte[] raw() {
    if (record.size() == 1) {
      Lines.Line line = record.get(0);
      return Arrays.copyOf(line.bytes(), Math.min(line.length(), FileDecoder.MAX_RECORD_BYTES));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream(size);
    record.forEach(line -> all.writeBytes(line.bytes()));
    byte[] bytes = all.toByteArray();
    return Arrays.copyOf(bytes, Lines.withoutBreak(bytes, bytes.length));
  }

  /** What went wrong in the file while the parser asked for more. */
  @Nullable TandemException failure() {
    return failure;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (at == limit) {
      Lines.Line line;
      try {
        line = advance();
      } catch (TandemException e) {
        failure = e;
        throw new IOException(e);
      }
      if (line == null) {
        return -1;
      }
      if (line.tooLong() || size > FileDecoder.MAX_RECORD_BYTES) {
        throw new IOException("longer than " + FileDecoder.MAX_RECORD_BYTES + " bytes");
      }
    }
    int count = Math.min(length, limit - at);
    System.arraycopy(chars, at, target, offset, count);
    at += count;
    return count;
  }

  private Lines.@Nullable Line advance() {
    Lines.Line line = returned.isEmpty() ? lines.next() : Objects.requireNonNull(returned.poll());
    if (line != null) {
      record.add(line);
      size += line.bytes().length;
      decode(line.bytes());
    }
    return line;
  }

  private void decode(byte[] bytes) {
    if (chars.length < bytes.length) {
      chars = new char[bytes.length];
    }
    at = 0;
    if (Utf8.isAscii(bytes, 0, bytes.length)) {
      for (int i = 0; i < bytes.length; i++) {
        chars[i] = (char) bytes[i];
      }
      limit = bytes.length;
      return;
    }
    CharBuffer out = CharBuffer.wrap(chars);
    utf8.reset();
    CoderResult result = utf8.decode(ByteBuffer.wrap(bytes), out, true);
    limit = out.position();
    if (result.isError()) {
      validUtf8 = false;
      String replaced = new String(bytes, StandardCharsets.UTF_8);
      limit = replaced.length();
      replaced.getChars(0, limit, chars, 0);
    }
  }

  @Override
  public void close() {
    // The lines belong to the decoder.
  }
}
