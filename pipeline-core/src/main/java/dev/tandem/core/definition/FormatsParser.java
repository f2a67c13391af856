package dev.tandem.core.definition;

import dev.tandem.core.config.Problems;
import dev.tandem.core.definition.FieldSource.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** {@code formats}: where each field stands in the pipeline's files. */
final class FormatsParser {
  private final Map<String, Field> fields;
  private final Schema schema;

  FormatsParser(Schema schema) {
    this.schema = schema;
    this.fields = schema.byName();
  }

  List<SourceFormat> parse(Yaml node) {
    List<SourceFormat> formats = new ArrayList<>();
    Problems problems = new Problems();
    node.map("formats")
        .entries()
        .forEach(
            (name, entry) -> {
              problems.check(() -> Names.declared(entry.key(), "a format"));
              problems.collect(() -> format(name, entry.value())).ifPresent(formats::add);
            });
    problems.refuse();
    return formats;
  }

  private SourceFormat format(String name, Yaml value) {
    YamlMap map = value.map("format " + name).only("type", "columns", "paths", "delimiter");
    SourceFormat.Kind kind = kind(map.required("type"));
    boolean csv = kind == SourceFormat.Kind.CSV;
    if (csv) {
      map.only("type", "columns", "delimiter");
    } else {
      map.only("type", "paths");
    }
    Yaml columns = map.required(csv ? "columns" : "paths");
    List<FieldSource> sources = new ArrayList<>();
    Problems problems = new Problems();
    columns
        .map(csv ? "columns" : "paths")
        .entries()
        .forEach(
            (field, entry) -> problems.collect(() -> source(kind, entry)).ifPresent(sources::add));
    problems.refuse();
    for (Field needed : List.of(schema.id(), schema.time())) {
      if (sources.stream().noneMatch(s -> s.field().equals(needed))) {
        throw columns.error(
            "format " + name + " does not say where " + needed.name() + " stands",
            "add it: no event is without id or time");
      }
    }
    char delimiter =
        map.optional("delimiter").map(FormatsParser::delimiter).orElse(SourceFormat.COMMA);
    return new SourceFormat(name, kind, delimiter, sources);
  }

  private static SourceFormat.Kind kind(Yaml node) {
    String type = node.text("type");
    return switch (type) {
      case "csv" -> SourceFormat.Kind.CSV;
      case "json-lines" -> SourceFormat.Kind.JSON_LINES;
      default -> throw Names.unknown(node, "type of format", type, List.of("csv", "json-lines"));
    };
  }

  private FieldSource source(SourceFormat.Kind kind, YamlMap.Entry entry) {
    Field field = Names.field(entry.key(), "columns", fields);
    Yaml value = entry.value();
    if (kind == SourceFormat.Kind.CSV && field.type() == FieldType.STRINGS) {
      throw entry
          .key()
          .error("a CSV column cannot hold the list " + field.name(), "make it a string");
    }
    if (!value.isMap()) {
      String column = value.text("column of " + field.name());
      Reading reading = ReadingParser.byType(field);
      return new FieldSource(field, List.of(List.of(column)), " ", reading, true);
    }
    YamlMap map =
        value
            .map("source of " + field.name())
            .only("from", "any", "join", "pattern", "as", "optional");
    YamlMap.Entry place = map.exactlyOne("from", "any");
    List<List<String>> parts =
        map.has("any") ? List.of(texts(place.value())) : parts(place.value());
    if (field.type() == FieldType.STRINGS && parts.size() > 1) {
      throw place.value().error("the list " + field.name() + " has several parts", "keep one");
    }
    String join = map.optional("join").map(FormatsParser::join).orElse(" ");
    Reading reading = ReadingParser.parse(field, map);
    boolean optional = map.optional("optional").map(FormatsParser::flag).orElse(false);
    return new FieldSource(field, parts, join, reading, !optional);
  }

  /** A column, or a list of columns that are joined; each may be {@code {any: [aliases]}}. */
  private static List<List<String>> parts(Yaml from) {
    if (!from.isList()) {
      return List.of(List.of(from.text("from")));
    }
    List<List<String>> parts = new ArrayList<>();
    for (Yaml part : from.list("from")) {
      parts.add(
          part.isMap()
              ? texts(part.map("a part of from").only("any").required("any"))
              : List.of(part.text("a column of from")));
    }
    if (parts.isEmpty()) {
      throw from.error("from is empty", "name a column");
    }
    return parts;
  }

  private static List<String> texts(Yaml any) {
    List<String> texts = any.list("any").stream().map(t -> t.text("a column of any")).toList();
    if (texts.isEmpty()) {
      throw any.error("any is empty", "name a column");
    }
    return texts;
  }

  /** One character that cannot be part of a quoted value's frame, or {@code tab}. */
  private static char delimiter(Yaml node) {
    // Not text(): a tab is blank.
    String text = node.node() instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (text.equals("tab")) {
      return '\t';
    }
    if (text.length() != 1
        || "\"\r\n ".contains(text)
        || Character.isLetterOrDigit(text.charAt(0))) {
      throw node.error(
          "delimiter is '" + text + "'",
          "write one character between quotes, such as \";\", or tab");
    }
    return text.charAt(0);
  }

  /** Unlike other texts it may be blank or empty, and its blanks count. */
  private static String join(Yaml node) {
    if (node.node() instanceof ScalarNode scalar && !node.isNull()) {
      return scalar.getValue();
    }
    throw node.error("join is not a text", "write it in quotes");
  }

  private static boolean flag(Yaml node) {
    String text = node.text("optional");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw node.error("optional is " + text, "write true or false");
    };
  }
}
