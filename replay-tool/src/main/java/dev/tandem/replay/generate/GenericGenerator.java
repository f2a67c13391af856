package dev.tandem.replay.generate;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.SourceFormat;
import java.io.IOException;
import java.io.Writer;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A history of any pipeline, made up from its definition: fields, types and one file format. */
final class GenericGenerator implements Generator {
  private final SourceFormat.Kind kind;
  private final char delimiter;
  private final ZoneId zone;
  private final Map<String, Filler> columns;

  GenericGenerator(PipelineDefinition pipeline, SourceFormat format) {
    this.kind = format.kind();
    this.delimiter = format.delimiter();
    this.zone = pipeline.zone();
    this.columns = Columns.of(pipeline, format);
  }

  @Override
  public String ending() {
    return kind == SourceFormat.Kind.CSV ? ".csv.gz" : ".jsonl.gz";
  }

  @Override
  public void write(Month month, Random random, Writer out) throws IOException {
    long[] moments = Moments.of(month, zone, random);
    int blanks = month.index() % 3 == 0 ? 1 + moments.length / 50 : 0;
    Rows rows = kind == SourceFormat.Kind.CSV ? new CsvRows(out) : new JsonRows(out);
    for (int i = 0; i < moments.length; i++) {
      rows.row(Draft.of(month.first() + i, moments[i], random));
    }
    for (int i = 0; i < blanks; i++) {
      rows.blank();
    }
  }

  private interface Rows {
    void row(Draft draft) throws IOException;

    /** A row with nothing in it. */
    void blank() throws IOException;
  }

  private final class CsvRows implements Rows {
    private final CsvWriter csv;
    private final Writer out;

    CsvRows(Writer out) {
      this.out = out;
      csv =
          CsvWriter.builder()
              .fieldSeparator(delimiter)
              .bufferSize(0)
              .lineDelimiter(LineDelimiter.LF)
              .build(out);
      csv.writeRecord(columns.keySet());
    }

    @Override
    public void row(Draft draft) {
      List<String> texts = columns.values().stream().map(f -> f.value(draft).toString()).toList();
      csv.writeRecord(texts);
    }

    @Override
    public void blank() throws IOException {
      out.write(String.valueOf(delimiter).repeat(columns.size() - 1) + "\n");
    }
  }

  private final class JsonRows implements Rows {
    private final Writer out;

    JsonRows(Writer out) {
      this.out = out;
    }

    @Override
    public void row(Draft draft) throws IOException {
      JsonRow row = new JsonRow();
      columns.forEach((path, filler) -> row.put(path, filler.value(draft)));
      out.write(row.root().toString());
      out.write('\n');
    }

    @Override
    public void blank() throws IOException {
      out.write("{}\n");
    }
  }
}
