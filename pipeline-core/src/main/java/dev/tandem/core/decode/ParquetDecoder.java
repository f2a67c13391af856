package dev.tandem.core.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.SourceFormat;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.parquet.ParquetRow;
import dev.tandem.core.parquet.ParquetRows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Rows of Parquet by a format for CSV or JSON lines: columns and paths name the same things, and a
 * value that has a type gives the field that its text would.
 */
final class ParquetDecoder extends RecordDecoder {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(LocalDate.class, ToStringSerializer.instance)
                  .addSerializer(LocalTime.class, ToStringSerializer.instance)
                  .addSerializer(LocalDateTime.class, ToStringSerializer.instance)
                  .addSerializer(Instant.class, ToStringSerializer.instance))
          .build();

  private final ParquetRows rows;
  private final NodeReader nodes;

  private ParquetDecoder(PipelineDefinition pipeline, SourceFormat format, ParquetRows rows) {
    super(format);
    this.rows = rows;
    this.nodes = new NodeReader(pipeline, format);
  }

  /**
   * Finds the format by the names of the columns.
   *
   * @throws TandemException wrong use, when no format fits
   */
  static ParquetDecoder open(PipelineDefinition pipeline, ParquetRows rows, String name) {
    List<SourceFormat> csv = pipeline.formats(SourceFormat.Kind.CSV);
    List<SourceFormat> json = pipeline.formats(SourceFormat.Kind.JSON_LINES);
    CsvHeader header = new CsvHeader(name, rows.columns());
    Optional<SourceFormat> found =
        header.first(csv).or(() -> json.stream().filter(f -> hasId(f, pipeline, rows)).findFirst());
    if (found.isPresent()) {
      return new ParquetDecoder(pipeline, found.get(), rows);
    } else if (!csv.isEmpty()) {
      throw header.noFormat(csv);
    }
    throw TandemException.wrongUse(
        "%s: no column for %s of pipeline %s; it has %s: name its column in the pipeline's formats"
            .formatted(
                name,
                pipeline.schema().id().name(),
                pipeline.name(),
                String.join(", ", rows.columns())));
  }

  private static boolean hasId(SourceFormat format, PipelineDefinition pipeline, ParquetRows rows) {
    return format.sources().stream()
        .filter(source -> source.field().equals(pipeline.schema().id()))
        .flatMap(source -> source.parts().stream())
        .allMatch(
            aliases ->
                aliases.stream()
                    .anyMatch(path -> rows.columns().contains(JsonPath.parse(path).first())));
  }

  @Override
  @Nullable Decoded read() {
    if (!rows.hasNext()) {
      return null;
    }
    ParquetRow row = rows.next();
    if (row.textBytes() > FileDecoder.MAX_RECORD_BYTES) {
      String error = "longer than " + FileDecoder.MAX_RECORD_BYTES + " bytes";
      return bad(row, RejectReason.TOO_LARGE, error);
    }
    if (!row.isText()) {
      return bad(row, RejectReason.INVALID_UTF8, "not UTF-8");
    }
    if (isBlank(row.values())) {
      return bad(row, RejectReason.BLANK, "no value in the row");
    }
    Event event = nodes.newEvent();
    Optional<EventCheck.Refusal> refusal = nodes.read(row.values(), event);
    return refusal.isPresent()
        ? bad(row, refusal.get().reason(), refusal.get().error())
        : new Decoded.Good(event, row.number());
  }

  private static boolean isBlank(ObjectNode row) {
    Iterable<JsonNode> values = row;
    return StreamSupport.stream(values.spliterator(), false)
        .allMatch(value -> value.isTextual() && value.asText().isBlank());
  }

  private static Decoded.Bad bad(ParquetRow row, RejectReason reason, String error) {
    byte[] raw;
    try {
      raw = JSON.writeValueAsBytes(row.values());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row that is no JSON", e);
    }
    int length = Math.min(raw.length, FileDecoder.MAX_RECORD_BYTES);
    return new Decoded.Bad(row.number(), Arrays.copyOf(raw, length), reason, error, null);
  }
}
