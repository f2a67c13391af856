package dev.tandem.core.decode;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Arrays;

/**
 * The cells of the current CSV record, in one array: no text is made of a cell that nobody needs.
 * Cells are stripped of blanks around them.
 */
final class Cells extends AbstractBaseCsvCallbackHandler<Cells> {
  private char[] chars = new char[1024];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;
  private int length;

  @Override
  protected void handleBegin(long startingLineNumber) {
    count = 0;
    length = 0;
  }

  @Override
  protected void handleField(int index, char[] from, int offset, int size, boolean quoted) {
    int start = offset;
    int end = offset + size;
    while (start < end && Character.isWhitespace(from[start])) {
      start++;
    }
    while (start < end && Character.isWhitespace(from[end - 1])) {
      end--;
    }
    int stripped = end - start;
    if (count == ends.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    if (chars.length - length < stripped) {
      chars = Arrays.copyOf(chars, Math.max(chars.length * 2, length + stripped));
    }
    System.arraycopy(from, start, chars, length, stripped);
    starts[count] = length;
    length += stripped;
    ends[count++] = length;
  }

  @Override
  protected void handleEmpty() {
    handleField(0, chars, 0, 0, false);
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
