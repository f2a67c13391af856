package dev.tandem.core.decision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.row.RowJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Alerts as {@code P.alerts} has them. The key holds decision, subject and the hour in which it was
 * raised: an alert that is cleared has the key that it was raised with. Every field is there, null
 * where there is nothing. Not thread-safe.
 */
public final class AlertJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final RowJson times;

  public AlertJson(PipelineDefinition pipeline) {
    times = new RowJson(pipeline.zone());
  }

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  public byte[] key(Alert alert) {
    return object(
        json -> {
          json.writeStringField("decision", alert.decision());
          json.writeStringField("subject", alert.subject());
          json.writeStringField("hour", times.window(alert.raisedIn()));
        });
  }

  public byte[] value(Alert alert) {
    return object(
        json -> {
          json.writeStringField("decision", alert.decision());
          json.writeStringField("kind", alert.kind().code());
          json.writeStringField("state", alert.state().name().toLowerCase(Locale.ROOT));
          json.writeStringField("subject", alert.subject());
          json.writeStringField("hour", times.window(alert.hour()));
          json.writeStringField("raised", times.window(alert.raisedIn()));
          number(json, "value", alert.value());
          @Nullable Normal normal = alert.normal();
          number(json, "expected", normal == null ? null : normal.expected());
          number(json, "spread", normal == null ? null : normal.spread());
          number(json, "threshold", alert.threshold());
          json.writeStringField("why", alert.why());
          suggestion(json, alert.suggestion());
          rows(json, alert);
          json.writeStringField("baseline", alert.baseline());
          json.writeObjectFieldStart("definitions");
          for (AggregateDefinition definition : alert.definitions()) {
            json.writeStringField(definition.name(), definition.hexId());
          }
          json.writeEndObject();
        });
  }

  private static void suggestion(JsonGenerator json, Optional<Alert.Suggestion> suggestion)
      throws IOException {
    if (suggestion.isEmpty()) {
      json.writeNullField("suggestion");
      return;
    }
    Alert.Suggestion s = suggestion.get();
    json.writeObjectFieldStart("suggestion");
    json.writeStringField("action", s.action().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("count", s.count());
    json.writeStringField("partner", s.partner());
    number(json, "distance_km", s.distanceKm());
    json.writeEndObject();
  }

  private void rows(JsonGenerator json, Alert alert) throws IOException {
    json.writeArrayFieldStart("rows");
    for (Alert.Row row : alert.rows()) {
      json.writeStartObject();
      json.writeStringField("aggregate", row.aggregate().name());
      json.writeStringField("window", times.window(row.window()));
      json.writeObjectFieldStart("key");
      if (!row.aggregate().by().isEmpty()) {
        json.writeStringField(row.aggregate().by().get(0).name(), row.subject());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** With two decimal places at most. */
  private static void number(JsonGenerator json, String name, @Nullable Double value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, Texts.rounded(value, 2));
    }
  }

  private static byte[] object(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
