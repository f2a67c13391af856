package dev.tandem.core.definition;

import dev.tandem.core.config.Nearest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names that a definition gives, and names it refers to. */
final class Names {
  /** What every name looks like; it becomes part of topic names, JSON and URLs. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");

  private static final int MAX_LENGTH = 64;

  private Names() {}

  static boolean isName(String text) {
    return NAME.matcher(text).matches() && text.length() <= MAX_LENGTH;
  }

  /** A new name. */
  static String declared(Yaml node, String kind) {
    String name = node.text("a name of " + kind);
    if (!isName(name)) {
      throw node.error(
          "'" + name + "' cannot be the name of " + kind,
          "begin with a small letter, then only a-z, 0-9, _ and -, at most "
              + MAX_LENGTH
              + " letters");
    }
    return name;
  }

  /** A declared field, of one of these types. */
  static Field field(Yaml node, String what, Map<String, Field> fields, FieldType... types) {
    String name = node.text(what);
    Field field = fields.get(name);
    if (field == null) {
      throw node.error(
          "unknown field " + name + " in " + what + Nearest.hint(name, fields.keySet()),
          "declare it under fields, or correct the name");
    }
    if (types.length > 0 && !Arrays.asList(types).contains(field.type())) {
      List<String> fitting =
          fields.values().stream()
              .filter(f -> Arrays.asList(types).contains(f.type()))
              .map(Field::name)
              .toList();
      String allowed = Arrays.stream(types).map(Names::lower).collect(Collectors.joining(" or "));
      throw node.error(
          what + " cannot be " + name + ", a " + lower(field.type()) + ", it must be a " + allowed,
          fitting.isEmpty() ? "declare such a field" : "fitting are " + String.join(", ", fitting));
    }
    return field;
  }

  /** A constant by its name in small letters. */
  static <E extends Enum<E>> E constant(Yaml node, String what, E[] values) {
    String name = node.text(what);
    List<String> known = Arrays.stream(values).map(Names::lower).toList();
    int at = known.indexOf(name);
    if (at < 0) {
      throw unknown(node, what, name, known);
    }
    return values[at];
  }

  static RuntimeException unknown(Yaml node, String what, String name, Collection<String> known) {
    return node.error(
        "unknown " + what + " " + name + Nearest.hint(name, known),
        "known are " + String.join(", ", known));
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
