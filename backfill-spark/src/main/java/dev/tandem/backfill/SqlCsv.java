package dev.tandem.backfill;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.tandem.backfill.engine.SqlSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints rows as CSV (RFC 4180, but LF ends a line) behind a header; lists and maps as JSON. */
final class SqlCsv implements SqlSink {
  private final CsvWriter csv;

  SqlCsv(PrintWriter out) {
    this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
  }

  @Override
  public void begin(List<Column> columns) {
    csv.writeRecord(columns.stream().map(Column::name).toList());
  }

  @Override
  public void row(List<@Nullable Object> values) {
    csv.writeRecord(values.stream().map(value -> SqlTable.text(value, "")).toList());
  }

  @Override
  public void end() {
    try {
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
