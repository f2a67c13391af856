package dev.tandem.streams.query;

import dev.tandem.core.aggregate.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Served rows of one aggregate in the order of their keys, as columns: a row costs its state's
 * bytes and some ten more, and merging it makes no objects. Immutable.
 *
 * @param windows starts of the windows that have rows, ascending
 * @param firstRows by window, its first row; and behind them the count of rows
 * @param values by dimension, its distinct values here: String, Long, Boolean or null
 * @param codes by dimension and row, which of its values
 * @param offsets by row, where its epoch (varint) and its state stand in {@code states}
 */
public record RowBlock(
    long[] windows,
    int[] firstRows,
    @Nullable Object[][] values,
    char[][] codes,
    int[] offsets,
    byte[] states) {
  /** More rows than this are several blocks. */
  static final int MOST_ROWS = 16_384;

  int rows() {
    return offsets.length;
  }

  /** The value of a dimension in a row. */
  @Nullable Object value(int dimension, int row) {
    return values[dimension][codes[dimension][row]];
  }

  /** The row's epoch, then its state. */
  Bytes state(int row) {
    return Bytes.reader(states, offsets[row]);
  }

  /** About what it takes in memory, in bytes. */
  int weight() {
    int dimensions = 0;
    for (Object[] of : values) {
      dimensions += 16 + of.length * 64;
    }
    return 200 + windows.length * 12 + dimensions + rows() * (4 + 2 * codes.length) + states.length;
  }

  @Override
  public String toString() {
    return "RowBlock[" + rows() + " rows of " + Arrays.toString(windows) + "]";
  }
}
