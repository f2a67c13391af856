package dev.tandem.replay.console;

import java.io.PrintWriter;
import java.util.List;

/** Columns of text; those that hold only numbers are flush right. */
public final class TextTable {
  private final List<String> header;
  private final List<List<String>> lines;

  public TextTable(List<String> header, List<List<String>> lines) {
    this.header = header;
    this.lines = lines;
  }

  public void print(PrintWriter out) {
    print(header, out);
    lines.forEach(line -> print(line, out));
    out.flush();
  }

  private void print(List<String> line, PrintWriter out) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      String blanks = " ".repeat(width(i) - line.get(i).length());
      text.append(isNumeric(i) ? blanks + line.get(i) : line.get(i) + blanks).append("  ");
    }
    out.println(text.toString().stripTrailing());
  }

  private int width(int column) {
    int width = header.get(column).length();
    for (List<String> line : lines) {
      width = Math.max(width, line.get(column).length());
    }
    return width;
  }

  private boolean isNumeric(int column) {
    return !lines.isEmpty() && lines.stream().allMatch(l -> l.get(column).matches("[0-9,.]+"));
  }
}
