package dev.tandem.replay.init;

import dev.tandem.core.definition.SourceFormat;
import dev.tandem.core.parquet.ParquetRows;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.io.LocalInputFile;

/** The first rows of a Parquet file, its values as the texts that stand for them. */
final class ParquetSample {
  private ParquetSample() {}

  /** Flat rows are those of a format for CSV, others have paths as JSON lines have. */
  static Sample read(Path file) {
    JsonSample sample = new JsonSample();
    try (ParquetRows rows = ParquetRows.open(new LocalInputFile(file), file.toString())) {
      while (sample.rows() < Sample.MOST_ROWS && rows.hasNext()) {
        sample.add(rows.next().values());
      }
      List<Column> columns = sample.columns();
      boolean flat = columns.stream().map(Column::name).allMatch(rows.columns()::contains);
      return new Sample(
          flat ? SourceFormat.Kind.CSV : SourceFormat.Kind.JSON_LINES,
          SourceFormat.COMMA,
          columns,
          sample.rows(),
          !rows.hasNext());
    }
  }
}
