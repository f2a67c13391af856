package dev.tandem.core.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reading half of {@link EventJson}. */
final class EventJsonReader {
  private static final int MAX_SHOWN = 100;

  private final Schema schema;
  private final Field[] fields;
  private final SerializedString[] names;
  private final Map<String, Field> byName = new HashMap<>();

  /** By a field's index in the schema, where in {@link #fields} the one behind it stands. */
  private final int[] behind;

  /**
   * @param fields those that are read, in schema order; others are skipped as unknown ones are
   */
  EventJsonReader(Schema schema, Field[] fields, SerializedString[] names) {
    this.schema = schema;
    this.fields = fields;
    this.names = names;
    this.behind = new int[schema.size()];
    for (int i = 0; i < fields.length; i++) {
      byName.put(fields[i].name(), fields[i]);
      behind[fields[i].index()] = i + 1;
    }
  }

  Event read(byte[] json) throws InvalidEventException {
    // Jackson would also take UTF-16 and UTF-32, which it knows by their zero bytes.
    if (json.length > 1 && (json[0] == 0 || json[1] == 0)) {
      throw new InvalidEventException(RejectReason.INVALID_UTF8, "not UTF-8");
    }
    if (!Utf8.isValid(json, 0, json.length)) {
      throw new InvalidEventException(RejectReason.INVALID_UTF8, "not UTF-8");
    }
    Event event;
    try (JsonParser parser = EventJson.FACTORY.createParser(json)) {
      event = readObject(parser);
    } catch (JsonProcessingException e) {
      throw new InvalidEventException(RejectReason.NOT_JSON, "not JSON: " + shorten(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String id = event.text(schema.id());
    if (id == null) {
      throw invalid(RejectReason.MISSING_ID, schema.id(), "is missing");
    }
    Optional<RejectReason> refused = EventLimits.refuseId(id);
    if (refused.isPresent()) {
      throw invalid(refused.get(), schema.id(), "begins with U+0000 or is longer than 512 bytes");
    }
    if (!event.has(schema.time())) {
      throw invalid(RejectReason.UNREADABLE_TIME, schema.time(), "is missing");
    }
    return event;
  }

  /** Fields are expected in schema order, where each name is compared with one known name only. */
  private Event readObject(JsonParser parser) throws IOException, InvalidEventException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new InvalidEventException(RejectReason.NOT_JSON, "not JSON: nothing but blanks");
    }
    if (first != JsonToken.START_OBJECT) {
      throw notAnObject(parser, first);
    }
    Event event = new Event(schema);
    long seen = 0;
    int expected = 0;
    while (true) {
      @Nullable Field field = null;
      if (expected < fields.length && parser.nextFieldName(names[expected])) {
        field = fields[expected];
      } else {
        JsonToken token = expected < fields.length ? parser.currentToken() : parser.nextToken();
        if (token == JsonToken.END_OBJECT) {
          break;
        }
        field = byName.get(parser.currentName());
      }
      JsonToken token = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
        continue;
      }
      long bit = 1L << field.index();
      if ((seen & bit) != 0) {
        throw invalid(RejectReason.MALFORMED, field, "is there twice");
      }
      seen |= bit;
      readValue(parser, token, field, event);
      expected = behind[field.index()];
    }
    if (parser.nextToken() != null) {
      throw new InvalidEventException(RejectReason.NOT_JSON, "something follows the JSON object");
    }
    return event;
  }

  /** Whether the rest is JSON decides between the two reasons. */
  private static InvalidEventException notAnObject(JsonParser parser, JsonToken first)
      throws IOException {
    parser.skipChildren();
    if (parser.nextToken() != null) {
      return new InvalidEventException(RejectReason.NOT_JSON, "not JSON: several values");
    }
    return new InvalidEventException(
        RejectReason.NOT_AN_OBJECT, "not a JSON object but " + kind(first));
  }

  private static void readValue(JsonParser parser, JsonToken token, Field field, Event event)
      throws IOException, InvalidEventException {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    switch (field.type()) {
      case STRING -> {
        String text = text(parser, token, field);
        if (!text.isEmpty()) {
          event.setText(field, text);
        }
      }
      case STRINGS -> {
        List<String> texts = texts(parser, token, field);
        if (!texts.isEmpty()) {
          event.setTexts(field, texts);
        }
      }
      case LONG -> {
        demand(token == JsonToken.VALUE_NUMBER_INT, field, "an integer", token);
        event.setNumber(field, decimal(parser, field));
      }
      case DECIMAL -> {
        demand(token.isNumeric(), field, "a number", token);
        event.setNumber(field, decimal(parser, field));
      }
      case DOUBLE -> {
        demand(token.isNumeric(), field, "a number", token);
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
          throw invalid(RejectReason.OUT_OF_RANGE, field, "is out of range");
        }
        event.setDouble(field, value);
      }
      case BOOLEAN -> {
        demand(token.isBoolean(), field, "true or false", token);
        event.setNumber(field, token == JsonToken.VALUE_TRUE ? 1 : 0);
      }
      case TIMESTAMP -> {
        demand(token == JsonToken.VALUE_STRING, field, "a time in quotes", token);
        event.setNumber(field, time(parser, field, event.schema()));
      }
    }
  }

  /** A LONG is a decimal of scale 0. */
  private static long decimal(JsonParser parser, Field field)
      throws IOException, InvalidEventException {
    int start = parser.getTextOffset();
    int end = start + parser.getTextLength();
    long value = Decimals.parse(parser.getTextCharacters(), start, end, field.scale());
    if (value == Decimals.OUT_OF_RANGE || value == Decimals.NOT_A_NUMBER) {
      throw invalid(RejectReason.OUT_OF_RANGE, field, "is beyond 10^15 in its smallest unit");
    }
    return value;
  }

  private static long time(JsonParser parser, Field field, Schema schema)
      throws IOException, InvalidEventException {
    int start = parser.getTextOffset();
    int end = start + parser.getTextLength();
    long millis = IsoTimes.parse(parser.getTextCharacters(), start, end);
    if (millis == IsoTimes.NOT_A_TIME) {
      RejectReason reason =
          field.equals(schema.time()) ? RejectReason.UNREADABLE_TIME : RejectReason.WRONG_TYPE;
      throw invalid(reason, field, "is no ISO-8601 time with offset: " + shorten(parser.getText()));
    }
    if (!EventLimits.isTime(millis)) {
      throw invalid(RejectReason.OUT_OF_RANGE, field, "is not within the years 1 to 9999");
    }
    return millis;
  }

  private static String text(JsonParser parser, JsonToken token, Field field)
      throws IOException, InvalidEventException {
    demand(token == JsonToken.VALUE_STRING, field, "a string", token);
    String text = parser.getText().strip();
    if (!EventLimits.isWellFormed(text)) {
      throw invalid(RejectReason.MALFORMED, field, "has half a surrogate pair");
    }
    return text;
  }

  private static List<String> texts(JsonParser parser, JsonToken token, Field field)
      throws IOException, InvalidEventException {
    demand(token == JsonToken.START_ARRAY, field, "a list of strings", token);
    List<String> texts = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      String text = text(parser, t, field);
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static void demand(boolean fits, Field field, String type, JsonToken found)
      throws InvalidEventException {
    if (!fits) {
      throw invalid(RejectReason.WRONG_TYPE, field, "must be " + type + ", found " + kind(found));
    }
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "null";
    };
  }

  private static InvalidEventException invalid(RejectReason reason, Field field, String what) {
    return new InvalidEventException(reason, field.name() + " " + what);
  }

  private static String shorten(JsonProcessingException e) {
    return shorten(String.valueOf(e.getOriginalMessage()));
  }

  private static String shorten(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
