package dev.tandem.core.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a pipeline's events, in declaration order.
 *
 * @param id the field whose value names an event; a STRING
 * @param time the event time; a TIMESTAMP
 */
public record Schema(List<Field> fields, Field id, Field time) {
  /** Presence of fields is one bit each of a long. */
  public static final int MAX_FIELDS = 64;

  public Schema {
    fields = List.copyOf(fields);
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).index() != i) {
        throw new IllegalArgumentException("field " + fields.get(i) + " at position " + i);
      }
    }
    if (id.type() != FieldType.STRING || time.type() != FieldType.TIMESTAMP) {
      throw new IllegalArgumentException("id must be a string and time a timestamp");
    }
  }

  public int size() {
    return fields.size();
  }

  public Optional<Field> find(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /** Field by name, a new map. */
  public Map<String, Field> byName() {
    Map<String, Field> byName = new LinkedHashMap<>();
    fields.forEach(f -> byName.put(f.name(), f));
    return byName;
  }
}
