package dev.tandem.core.decode;

import dev.tandem.core.definition.Field;
import dev.tandem.core.event.Event;

/** Reads a field from the cells of its columns. Not thread-safe. */
final class CsvSource {
  private final Field field;
  private final int[] columns;
  private final String join;
  private final ValueReader reader;
  private char[] joined = new char[64];

  CsvSource(Field field, int[] columns, String join, ValueReader reader) {
    this.field = field;
    this.columns = columns;
    this.join = join;
    this.reader = reader;
  }

  /** Leaves the field null when a cell is empty or the text cannot be read. */
  void read(Cells cells, Event event) {
    for (int column : columns) {
      if (cells.isEmpty(column)) {
        return;
      }
    }
    if (columns.length == 1) {
      int column = columns[0];
      reader.read(cells.chars(), cells.start(column), cells.end(column), field, event);
    } else {
      reader.read(joined, 0, join(cells), field, event);
    }
  }

  private int join(Cells cells) {
    int length = 0;
    for (int column : columns) {
      length += cells.end(column) - cells.start(column) + join.length();
    }
    if (joined.length < length) {
      joined = new char[length];
    }
    int at = 0;
    for (int column : columns) {
      if (at > 0) {
        join.getChars(0, join.length(), joined, at);
        at += join.length();
      }
      int size = cells.end(column) - cells.start(column);
      System.arraycopy(cells.chars(), cells.start(column), joined, at, size);
      at += size;
    }
    return at;
  }
}
