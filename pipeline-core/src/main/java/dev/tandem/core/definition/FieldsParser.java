package dev.tandem.core.definition;

import dev.tandem.core.config.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code fields}: a name and a type each, {@code {type: decimal, scale: 2}} for decimals. */
final class FieldsParser {
  private static final Pattern SCALE = Pattern.compile("[0-9]");

  private FieldsParser() {}

  /** Fields by name, in order. */
  static Map<String, Field> parse(Yaml node) {
    YamlMap map = node.map("fields");
    Map<String, Field> fields = new LinkedHashMap<>();
    Problems problems = new Problems();
    map.entries()
        .forEach(
            (name, entry) -> {
              if (fields.size() == Schema.MAX_FIELDS) {
                throw entry
                    .key()
                    .error(
                        "more than " + Schema.MAX_FIELDS + " fields",
                        "remove those that no rule, metric or reader needs");
              }
              problems.check(() -> Names.declared(entry.key(), "a field"));
              problems
                  .collect(() -> field(fields.size(), name, entry.value()))
                  .ifPresent(field -> fields.put(name, field));
            });
    problems.refuse();
    return fields;
  }

  private static Field field(int index, String name, Yaml value) {
    if (!value.isMap()) {
      FieldType type = Names.constant(value, "type of field " + name, FieldType.values());
      if (type == FieldType.DECIMAL) {
        throw value.error(
            "decimal field " + name + " has no scale",
            "write {type: decimal, scale: 2} for two decimal places");
      }
      return new Field(index, name, type, 0);
    }
    YamlMap map = value.map("field " + name).only("type", "scale");
    Yaml typeNode = map.required("type");
    FieldType type = Names.constant(typeNode, "type of field " + name, FieldType.values());
    if (type != FieldType.DECIMAL) {
      map.optional("scale")
          .ifPresent(
              scale -> {
                throw scale.error(
                    "scale of " + name + ", which is no decimal", "remove it or use type: decimal");
              });
      return new Field(index, name, type, 0);
    }
    Yaml scale = map.required("scale");
    String text = scale.text("scale of " + name);
    if (!SCALE.matcher(text).matches()) {
      throw scale.error("scale " + text + " of " + name + " is out of range", "use 0 to 9");
    }
    return new Field(index, name, type, text.charAt(0) - '0');
  }
}
