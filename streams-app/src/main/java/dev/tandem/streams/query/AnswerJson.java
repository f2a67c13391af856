package dev.tandem.streams.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.row.RowJson;
import dev.tandem.core.time.TimeRange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes answers as JSON, row by row. Not thread-safe. */
public final class AnswerJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final RowJson rows;
  private final ZoneId zone;

  public AnswerJson(ZoneId zone) {
    this.zone = zone;
    this.rows = new RowJson(zone);
  }

  /**
   * Runs the query into {@code out}; nothing is written before the first row is known.
   *
   * @throws BadQueryException when the answer is too large to merge
   * @throws IOException when the client went away
   */
  public void write(
      QueryRequest request, List<AskablePartition> partitions, boolean complete, OutputStream out)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      boolean[] begun = {false};
      new RowQuery(request, zone)
          .run(
              partitions,
              (group, dimensions, state, epoch) -> {
                try {
                  if (!begun[0]) {
                    writeHead(json, request, complete);
                    begun[0] = true;
                  }
                  writeRow(json, request, group, dimensions, state, epoch);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      if (!begun[0]) {
        writeHead(json, request, complete);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void writeHead(JsonGenerator json, QueryRequest request, boolean complete)
      throws IOException {
    TimeRange range = request.range();
    json.writeStartObject();
    json.writeStringField("aggregate", request.aggregate().name());
    json.writeStringField("from", time(range.from(), TimeRange.ALL.from()));
    json.writeStringField("to", time(range.to(), TimeRange.ALL.to()));
    json.writeBooleanField("complete", complete);
    json.writeArrayFieldStart("rows");
  }

  private @Nullable String time(long time, long open) {
    return time == open ? null : rows.window(time);
  }

  private void writeRow(
      JsonGenerator json,
      QueryRequest request,
      long group,
      List<@Nullable Object> dimensions,
      RowState state,
      long epoch)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("window", window(request, group));
    List<Field> kept = request.by().stream().map(request.aggregate().by()::get).toList();
    writeKey(json, kept, dimensions);
    writeMetrics(json, request.aggregate(), state);
    json.writeNumberField("epoch", epoch);
    json.writeEndObject();
  }

  private @Nullable String window(QueryRequest request, long group) {
    if (request.roll() == Roll.NONE) {
      return time(request.range().from(), TimeRange.ALL.from());
    }
    return request.roll().isCalendar() ? rows.window(group) : request.roll().cycleName(group);
  }

  private static void writeKey(
      JsonGenerator json, List<Field> fields, List<@Nullable Object> dimensions)
      throws IOException {
    json.writeObjectFieldStart("key");
    for (int i = 0; i < fields.size(); i++) {
      json.writeFieldName(fields.get(i).name());
      RowJson.writeDimension(json, dimensions.get(i));
    }
    json.writeEndObject();
  }

  private static void writeMetrics(
      JsonGenerator json, AggregateDefinition aggregate, RowState state) throws IOException {
    for (Metric metric : aggregate.metrics()) {
      json.writeFieldName(metric.name());
      RowJson.writeMetric(json, metric, state, true);
    }
  }

  /** One row as it stands, for events about changes. */
  public void writeRow(
      JsonGenerator json,
      AggregateDefinition aggregate,
      long windowStart,
      List<@Nullable Object> dimensions,
      RowState state,
      long epoch)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("window", rows.window(windowStart));
    writeKey(json, aggregate.by(), dimensions);
    writeMetrics(json, aggregate, state);
    json.writeNumberField("epoch", epoch);
    json.writeEndObject();
  }
}
