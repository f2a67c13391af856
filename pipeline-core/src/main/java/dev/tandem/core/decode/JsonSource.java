package dev.tandem.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldSource;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventLimits;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Reads a field from the places in a JSON object that its paths name. Not thread-safe. */
final class JsonSource {
  private final Field field;
  private final List<List<JsonPath>> parts;
  private final String join;
  private final ValueReader reader;

  JsonSource(FieldSource source, ZoneId zone) {
    this.field = source.field();
    this.parts =
        source.parts().stream().map(a -> a.stream().map(JsonPath::parse).toList()).toList();
    this.join = source.join();
    this.reader = ValueReader.of(source, zone);
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
      List<String> texts = texts(parts.get(0), root);
      if (!texts.isEmpty()) {
        event.setTexts(field, texts);
      }
      return texts.stream().allMatch(EventLimits::isWellFormed);
    }
    List<String> found = new ArrayList<>();
    for (List<JsonPath> aliases : parts) {
      List<String> texts = texts(aliases, root);
      if (texts.isEmpty()) {
        return true;
      }
      found.add(texts.get(0));
    }
    String text = String.join(join, found);
    reader.read(text.toCharArray(), 0, text.length(), field, event);
    return EventLimits.isWellFormed(text);
  }

  /** The texts at the first path that leads to any. */
  private static List<String> texts(List<JsonPath> aliases, JsonNode root) {
    for (JsonPath path : aliases) {
      List<String> texts = path.texts(root);
      if (!texts.isEmpty()) {
        return texts;
      }
    }
    return List.of();
  }
}
