package dev.tandem.core.decode;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.SourceFormat;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** CSV with a header. */
final class CsvDecoder extends RecordDecoder {
  private final CsvRecords records;
  private final CsvSource[] sources;
  private final byte[] header;
  private final int columns;
  private final EventCheck check;

  private CsvDecoder(
      PipelineDefinition pipeline, SourceFormat format, CsvRecords records, CsvHeader header) {
    super(format);
    this.records = records;
    this.header = records.raw();
    this.columns = header.names().size();
    this.check = new EventCheck(pipeline.schema(), format);
    List<CsvSource> found = new ArrayList<>();
    format
        .sources()
        .forEach(
            source ->
                header
                    .find(source)
                    .ifPresent(
                        at ->
                            found.add(
                                new CsvSource(
                                    source.field(),
                                    at,
                                    source.join(),
                                    ValueReader.of(source, pipeline.zone())))));
    this.sources = found.toArray(CsvSource[]::new);
  }

  /** Reads the header and finds the file's format by it. */
  static CsvDecoder open(
      PipelineDefinition pipeline, List<SourceFormat> formats, Lines lines, String name) {
    CsvRecords records =
        new CsvRecords(lines, formats.stream().map(SourceFormat::delimiter).distinct().toList());
    Optional<CsvRecords.Found> first = records.advance();
    while (first.orElse(null) instanceof CsvRecords.Found.Whole && records.cells().isBlank()) {
      first = records.advance();
    }
    if (first.isEmpty()) {
      throw TandemException.wrongUse(name + " is empty: it needs at least a header line");
    }
    if (first.get() instanceof CsvRecords.Found.Broken broken) {
      throw TandemException.wrongUse(
          name + ":" + records.line() + ": the header cannot be read: " + broken.error());
    }
    Cells cells = records.cells();
    List<String> names = IntStream.range(0, cells.count()).mapToObj(cells::text).toList();
    CsvHeader header = new CsvHeader(name, names);
    return new CsvDecoder(pipeline, header.choose(formats, records.delimiter()), records, header);
  }

  @Override
  @Nullable Decoded read() {
    Optional<CsvRecords.Found> found = records.advance();
    if (found.isEmpty()) {
      return null;
    }
    if (found.get() instanceof CsvRecords.Found.Broken broken) {
      return bad(broken.reason(), broken.error());
    }
    Cells cells = records.cells();
    if (cells.isBlank()) {
      return bad(RejectReason.BLANK, "no value in the row");
    }
    if (cells.count() != columns) {
      return bad(RejectReason.MALFORMED, cells.count() + " columns, but the header has " + columns);
    }
    Event event = check.newEvent();
    for (CsvSource source : sources) {
      source.read(cells, event);
    }
    Optional<EventCheck.Refusal> refusal = check.refuse(event);
    return refusal.isPresent()
        ? bad(refusal.get().reason(), refusal.get().error())
        : new Decoded.Good(event, records.line());
  }

  private Decoded.Bad bad(RejectReason reason, String error) {
    return new Decoded.Bad(records.line(), records.raw(), reason, error, header);
  }
}
