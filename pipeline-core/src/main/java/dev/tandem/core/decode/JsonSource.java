package dev.tandem.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldSource;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.SourceFormat;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventLimits;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a field from the places in a JSON object that its paths, or columns, name. Not thread-safe.
 */
final class JsonSource {
  private final Field field;
  private final List<List<JsonPath>> parts;
  private final String join;
  private final ValueReader reader;
  private final TypedTimes times;

  /**
   * @param kind whether the source's parts are paths or, as in CSV, names of columns
   */
  JsonSource(FieldSource source, SourceFormat.Kind kind, ZoneId zone) {
    this.field = source.field();
    this.parts =
        source.parts().stream().map(a -> a.stream().map(p -> path(p, kind)).toList()).toList();
    this.join = source.join();
    this.reader = ValueReader.of(source, zone);
    this.times = new TypedTimes(source, zone);
  }

  private static JsonPath path(String part, SourceFormat.Kind kind) {
    return kind == SourceFormat.Kind.CSV ? JsonPath.ofMember(part) : JsonPath.parse(part);
  }

  Field field() {
    return field;
  }

  /**
   * Leaves the field null when a part is not there or cannot be read.
   *
   * @return false when a text has no UTF-8
   */
  boolean read(JsonNode root, Event event) {
    if (field.type() == FieldType.STRINGS) {
      List<String> texts =
          values(parts.get(0), root).stream().map(node -> times.text(node, 0)).toList();
      if (!texts.isEmpty()) {
        event.setTexts(field, texts);
      }
      return texts.stream().allMatch(EventLimits::isWellFormed);
    }
    List<String> found = new ArrayList<>();
    for (List<JsonPath> aliases : parts) {
      List<JsonNode> values = values(aliases, root);
      if (values.isEmpty()) {
        return true;
      }
      if (parts.size() == 1 && times.read(values.get(0), event)) {
        return true;
      }
      found.add(times.text(values.get(0), found.size()));
    }
    String text = String.join(join, found);
    reader.read(text.toCharArray(), 0, text.length(), field, event);
    return EventLimits.isWellFormed(text);
  }

  /** The values at the first path that leads to any. */
  private static List<JsonNode> values(List<JsonPath> aliases, JsonNode root) {
    for (JsonPath path : aliases) {
      List<JsonNode> values = path.values(root);
      if (!values.isEmpty()) {
        return values;
      }
    }
    return List.of();
  }
}
