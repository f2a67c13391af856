package dev.tandem.core.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.PipelineDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Events as JSON objects, the values of the events topic: every field in schema order but those
 * that a rule derives, null where there is no value, times with the zone's offset, decimals as
 * plain numbers with their scale.
 *
 * <p>Not thread-safe: one for each thread.
 */
public final class EventJson {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private final Field[] fields;
  private final SerializedString[] names;
  private final IsoTimes times;
  private final EventJsonReader reader;
  private final ByteArrayBuilder out = new ByteArrayBuilder(512);
  private final char[] buffer = new char[64];

  public EventJson(PipelineDefinition definition) {
    this.fields = definition.eventFields().toArray(Field[]::new);
    this.names = new SerializedString[fields.length];
    for (int i = 0; i < fields.length; i++) {
      names[i] = new SerializedString(fields[i].name());
    }
    this.times = new IsoTimes(definition.zone());
    this.reader = new EventJsonReader(definition.schema(), fields, names);
  }

  /** The event as UTF-8 JSON without blanks. */
  public byte[] write(Event event) {
    out.reset();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      for (int i = 0; i < fields.length; i++) {
        json.writeFieldName(names[i]);
        if (event.has(fields[i])) {
          writeValue(json, fields[i], event);
        } else {
          json.writeNull();
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void writeValue(JsonGenerator json, Field field, Event event) throws IOException {
    switch (field.type()) {
      case STRING -> json.writeString(Objects.requireNonNull(event.text(field)));
      case STRINGS -> {
        json.writeStartArray();
        for (String text : event.texts(field)) {
          json.writeString(text);
        }
        json.writeEndArray();
      }
      case LONG -> json.writeNumber(event.number(field));
      case DECIMAL -> json.writeNumber(Decimals.format(event.number(field), field.scale()));
      case DOUBLE -> json.writeNumber(Double.longBitsToDouble(event.number(field)));
      case BOOLEAN -> json.writeBoolean(event.number(field) != 0);
      case TIMESTAMP -> json.writeString(buffer, 0, times.write(event.number(field), buffer));
    }
  }

  /**
   * Reads an event. Fields may come in any order; unknown ones are skipped, missing ones are null;
   * texts are stripped of blanks around them and null when nothing remains, a list when nothing
   * remains in it; decimals are rounded half up to their scale; times need an offset.
   *
   * @throws InvalidEventException when it is not UTF-8, not JSON, no object, when a value is of
   *     another type or out of range, when a field is there twice, when id or time is missing
   */
  public Event read(byte[] json) throws InvalidEventException {
    return reader.read(json);
  }
}
