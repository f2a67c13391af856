package dev.tandem.core.decode;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Arrays;

/**
 * The cells of the current CSV record, in one array: no text is made of a cell that nobody needs.
 * Cells are stripped of blanks around them.
 */
final class Cells extends AbstractBaseCsvCallbackHandler<Cells> {
  private char[] own = new char[1024];

  /** Those of the cells: {@link #own}, or the line that was split. */
  private char[] chars = own;

  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;
  private int length;

  @Override
  protected void handleBegin(long startingLineNumber) {
    chars = own;
    count = 0;
    length = 0;
  }

  /**
   * Takes the cells of a line as they lie there, until the array changes. A line with a quote is
   * for the parser.
   *
   * @param line {@code [0, end)}, with the line break
   * @return whether it has no quote; the cells hold nothing of use otherwise
   */
  boolean split(char[] line, int end, char delimiter) {
    int last = end;
    while (last > 0 && (line[last - 1] == '\n' || line[last - 1] == '\r')) {
      last--;
    }
    chars = line;
    count = 0;
    length = 0;
    int start = 0;
    for (int i = 0; i < last; i++) {
      char c = line[i];
      if (c == delimiter) {
        take(start, i);
        start = i + 1;
      } else if (c == '"') {
        return false;
      }
    }
    take(start, last);
    return true;
  }

  private void take(int from, int to) {
    int start = textStart(chars, from, to);
    int end = textEnd(chars, start, to);
    makeRoom();
    starts[count] = start;
    ends[count++] = end;
    length += end - start;
  }

  private static int textStart(char[] from, int start, int end) {
    int at = start;
    while (at < end && Character.isWhitespace(from[at])) {
      at++;
    }
    return at;
  }

  private static int textEnd(char[] from, int start, int end) {
    int at = end;
    while (at > start && Character.isWhitespace(from[at - 1])) {
      at--;
    }
    return at;
  }

  private void makeRoom() {
    if (count == ends.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
  }

  @Override
  protected void handleField(int index, char[] from, int offset, int size, boolean quoted) {
    int start = textStart(from, offset, offset + size);
    int stripped = textEnd(from, start, offset + size) - start;
    makeRoom();
    if (own.length - length < stripped) {
      own = Arrays.copyOf(own, Math.max(own.length * 2, length + stripped));
      chars = own;
    }
    System.arraycopy(from, start, own, length, stripped);
    starts[count] = length;
    length += stripped;
    ends[count++] = length;
  }

  @Override
  protected void handleEmpty() {
    handleField(0, own, 0, 0, false);
  }

  @Override
  protected Cells buildRecord() {
    return this;
  }

  int count() {
    return count;
  }

  /** Whether no cell holds anything. */
  boolean isBlank() {
    return length == 0;
  }

  boolean isEmpty(int cell) {
    return starts[cell] == ends[cell];
  }

  /** All cells; valid until the next record. */
  char[] chars() {
    return chars;
  }

  int start(int cell) {
    return starts[cell];
  }

  int end(int cell) {
    return ends[cell];
  }

  String text(int cell) {
    return new String(chars, starts[cell], ends[cell] - starts[cell]);
  }
}
