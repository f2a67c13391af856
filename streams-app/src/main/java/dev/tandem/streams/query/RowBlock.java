package dev.tandem.streams.query;

import dev.tandem.core.aggregate.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Served rows of one aggregate in the order of their keys, as columns: a row costs its state's
 * bytes and some ten more, and merging it makes no objects. Immutable but for its folds, which say
 * the same.
 *
 * @param windows starts of the windows that have rows, ascending
 * @param firstRows by window, its first row; and behind them the count of rows
 * @param values by dimension, its distinct values here: String, Long, Boolean or null
 * @param codes by dimension and row, which of its values
 * @param offsets by row, where its epoch (varint) and its state stand in {@code states}
 * @param folds of these rows, as far as they were of use
 */
public record RowBlock(
    long[] windows,
    int[] firstRows,
    @Nullable Object[][] values,
    char[][] codes,
    int[] offsets,
    byte[] states,
    Folds folds) {
  /** More rows than this are several blocks. */
  static final int MOST_ROWS = 16_384;

  /** Folds may take a part of what the rows do. */
  private static final int ROWS_TO_FOLDS = 4;

  static RowBlock of(
      long[] windows,
      int[] firstRows,
      @Nullable Object[][] values,
      char[][] codes,
      int[] offsets,
      byte[] states) {
    RowBlock alone = new RowBlock(windows, firstRows, values, codes, offsets, states, new Folds(0));
    Folds folds = new Folds((alone.weightOfRows() + alone.weightOfValues()) / ROWS_TO_FOLDS);
    return new RowBlock(windows, firstRows, values, codes, offsets, states, folds);
  }

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

  /** About what it takes in memory with its folds, in bytes. */
  int weight() {
    int weight = weightOfRows() + weightOfValues();
    return weight + weight / ROWS_TO_FOLDS;
  }

  /** As {@link #weight} without what a fold has in common with its block. */
  int weightOfRows() {
    return 200 + windows.length * 12 + rows() * (4 + 2 * codes.length) + states.length;
  }

  private int weightOfValues() {
    int weight = 0;
    for (Object[] of : values) {
      weight += 16 + of.length * 64;
    }
    return weight;
  }

  @Override
  public String toString() {
    return "RowBlock[" + rows() + " rows of " + Arrays.toString(windows) + "]";
  }
}
