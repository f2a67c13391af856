package dev.tandem.backfill;

import dev.tandem.backfill.engine.SqlSink;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints rows as aligned columns, numbers to the right, a line break in a text as ⏎. It stops at
 * {@link #MOST} rows and says so: nobody reads more, and all of them must be in memory to be
 * aligned.
 */
final class SqlTable implements SqlSink {
  static final int MOST = 1_000;
  private static final String NULL = "null";

  private final PrintWriter out;
  private final List<List<String>> lines = new ArrayList<>();
  private List<Column> columns = List.of();
  private long rows;

  SqlTable(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(List<Column> found) {
    columns = List.copyOf(found);
    lines.add(columns.stream().map(Column::name).toList());
  }

  @Override
  public void row(List<@Nullable Object> values) {
    if (rows++ < MOST) {
      lines.add(
          values.stream().map(value -> text(value, NULL).replaceAll("\\R", "\u23ce")).toList());
    }
  }

  /**
   * A value for people; lists and maps as JSON.
   *
   * @param none what stands for null
   */
  static String text(@Nullable Object value, String none) {
    if (value == null) {
      return none;
    } else if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (value instanceof List || value instanceof Map) {
      return SqlJson.text(value);
    }
    return value.toString();
  }

  @Override
  public void end() {
    int[] widths = new int[columns.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(line.get(i)));
      }
    }
    print(lines.get(0), widths, ' ');
    print(Collections.nCopies(widths.length, ""), widths, '-');
    lines.stream().skip(1).forEach(line -> print(line, widths, ' '));
    if (rows > MOST) {
      out.println(
          BatchSteps.text("and %,d rows more: --csv or --json prints them all", rows - MOST));
    }
    out.flush();
  }

  private void print(List<String> cells, int[] widths, char fill) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = String.valueOf(fill).repeat(widths[i] - length(cells.get(i)));
      boolean right = columns.get(i).number();
      line.append(i == 0 ? "" : "  ")
          .append(right ? padding : "")
          .append(cells.get(i))
          .append(right ? "" : padding);
    }
    out.println(line.toString().stripTrailing());
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
