package dev.tandem.streams.client;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Prints rows as CSV (RFC 4180, but LF ends a line), the titles first. */
final class CsvPrinter implements RowPrinter {
  private final PrintWriter out;

  CsvPrinter(PrintWriter out, List<TextTable.Column> columns) {
    this.out = out;
    row(columns.stream().map(TextTable.Column::title).toList());
  }

  @Override
  public void row(List<String> cells) {
    out.print(cells.stream().map(CsvPrinter::quoted).collect(Collectors.joining(",", "", "\n")));
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  @Override
  public void end() {
    out.flush();
  }
}
