package dev.tandem.streams.client;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints rows as aligned columns, numbers to the right. Widths come from the first rows; a longer
 * cell later on only moves its own line. Memory does not depend on how many rows come.
 */
final class TextTable implements RowPrinter {
  private static final int SAMPLE = 1_000;
  private static final int MAX_WIDTH = 60;

  private final PrintWriter out;
  private final List<Column> columns;
  private final List<List<String>> sample = new ArrayList<>();
  private int[] widths = new int[0];

  TextTable(PrintWriter out, List<Column> columns) {
    this.out = out;
    this.columns = List.copyOf(columns);
  }

  /** A column's title and whether it holds numbers. */
  record Column(String title, boolean number) {}

  @Override
  public void row(List<String> cells) {
    if (widths.length > 0) {
      print(cells);
      return;
    }
    sample.add(cells);
    if (sample.size() >= SAMPLE) {
      printSample();
    }
  }

  @Override
  public void end() {
    if (widths.length == 0) {
      printSample();
    }
    out.flush();
  }

  private void printSample() {
    List<String> titles = columns.stream().map(Column::title).toList();
    int[] found = new int[columns.size()];
    for (int i = 0; i < found.length; i++) {
      int column = i;
      int longest = sample.stream().mapToInt(cells -> length(cells.get(column))).max().orElse(0);
      found[i] = Math.max(length(titles.get(i)), Math.min(longest, MAX_WIDTH));
    }
    widths = found;
    print(titles);
    print(columns.stream().map(c -> "").toList(), '-');
    sample.forEach(this::print);
    sample.clear();
  }

  private void print(List<String> cells) {
    print(cells, ' ');
  }

  private void print(List<String> cells, char fill) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String padding = String.valueOf(fill).repeat(Math.max(0, widths[i] - length(cell)));
      boolean last = i == widths.length - 1;
      if (columns.get(i).number()) {
        line.append(padding).append(cell);
      } else {
        line.append(cell).append(last && fill == ' ' ? "" : padding);
      }
      line.append(last ? "" : "  ");
    }
    out.println(line);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
