package dev.tandem.core.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.PipelineDefinition;
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

  private final byte[][] quotedNames;

  private final IsoTimes times;
  private final EventJsonReader reader;
  private final JsonBytes out = new JsonBytes();
  private final char[] buffer = new char[64];

  public EventJson(PipelineDefinition definition) {
    this.fields = definition.eventFields().toArray(Field[]::new);
    SerializedString[] names = new SerializedString[fields.length];
    this.quotedNames = new byte[fields.length][];
    for (int i = 0; i < fields.length; i++) {
      names[i] = new SerializedString(fields[i].name());
      quotedNames[i] = JsonBytes.quoted(fields[i].name());
    }
    this.times = new IsoTimes(definition.zone());
    this.reader = new EventJsonReader(definition.schema(), fields, names);
  }

  /** The event as UTF-8 JSON without blanks. */
  public byte[] write(Event event) {
    out.clear();
    for (int i = 0; i < fields.length; i++) {
      out.raw(i == 0 ? '{' : ',');
      out.raw(quotedNames[i]);
      out.raw(':');
      if (event.has(fields[i])) {
        writeValue(fields[i], event);
      } else {
        out.nothing();
      }
    }
    out.raw('}');
    return out.toArray();
  }

  private void writeValue(Field field, Event event) {
    switch (field.type()) {
      case STRING -> out.text(Objects.requireNonNull(event.text(field)));
      case STRINGS -> {
        char before = '[';
        for (String text : event.texts(field)) {
          out.raw(before);
          out.text(text);
          before = ',';
        }
        if (before == '[') {
          out.raw(before);
        }
        out.raw(']');
      }
      case LONG -> out.number(event.number(field));
      case DECIMAL -> out.scaled(event.number(field), field.scale());
      case DOUBLE -> out.number(Double.longBitsToDouble(event.number(field)));
      case BOOLEAN -> out.bool(event.number(field) != 0);
      case TIMESTAMP -> {
        out.raw('"');
        out.raw(buffer, times.write(event.number(field), buffer));
        out.raw('"');
      }
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
