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
import java.time.Instant;
import java.time.ZoneId;
import java.util.Iterator;
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
   * Writes the answer; nothing is written before its first row is known.
   *
   * @throws BadQueryException when it is too large to order
   * @throws IOException when the client went away
   */
  public void write(QueryRequest request, Answer answer, OutputStream out) throws IOException {
    Iterator<Entry> ordered = new Ordered(request).of(answer.rows());
    boolean any = ordered.hasNext();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      writeHead(json, request, answer);
      while (any && ordered.hasNext()) {
        writeRow(json, request, ordered.next());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void writeHead(JsonGenerator json, QueryRequest request, Answer answer)
      throws IOException {
    TimeRange range = request.range();
    json.writeStartObject();
    json.writeStringField("aggregate", request.aggregate().name());
    json.writeStringField("from", time(range.from(), TimeRange.ALL.from()));
    json.writeStringField("to", time(range.to(), TimeRange.ALL.to()));
    json.writeBooleanField("complete", answer.complete());
    json.writeStringField(
        "as_of",
        answer.asOf().isPresent()
            ? Instant.ofEpochMilli(answer.asOf().getAsLong()).toString()
            : null);
    json.writeNumberField("partitions_answered", answer.answered().size());
    json.writeArrayFieldStart("rows");
  }

  private @Nullable String time(long time, long open) {
    return time == open ? null : rows.window(time);
  }

  private void writeRow(JsonGenerator json, QueryRequest request, Entry row) throws IOException {
    json.writeStartObject();
    json.writeStringField("window", window(request, row.key().windowStart()));
    List<Field> kept = request.by().stream().map(request.aggregate().by()::get).toList();
    writeKey(json, kept, row.key().dimensions());
    writeMetrics(json, request.aggregate(), row.state(), request.ranges());
    json.writeNumberField("epoch", row.epoch());
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
      JsonGenerator json, AggregateDefinition aggregate, RowState state, boolean ranges)
      throws IOException {
    for (Metric metric : aggregate.metrics()) {
      json.writeFieldName(metric.name());
      if (ranges && metric.kind() == Metric.Kind.HISTOGRAM) {
        RowJson.writeHistogram(json, metric, state);
      } else {
        RowJson.writeMetric(json, metric, state, true);
      }
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
    writeMetrics(json, aggregate, state, false);
    json.writeNumberField("epoch", epoch);
    json.writeEndObject();
  }
}
