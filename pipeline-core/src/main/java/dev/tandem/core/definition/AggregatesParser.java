package dev.tandem.core.definition;

import dev.tandem.core.config.Problems;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code metrics} and {@code aggregates}. */
final class AggregatesParser {
  /** Keys that a row has beside its metrics. */
  private static final Set<String> RESERVED =
      Set.of("window", "key", "epoch", "corrected", "updated_at");

  private final ZoneId zone;
  private final Schema schema;
  private final Map<String, Field> fields;
  private final List<Rule> rules;

  AggregatesParser(ZoneId zone, Schema schema, List<Rule> rules) {
    this.zone = zone;
    this.schema = schema;
    this.fields = schema.byName();
    this.rules = rules;
  }

  /**
   * @param defaults the metrics of aggregates that name none
   */
  List<AggregateDefinition> parse(Yaml node, Optional<Yaml> defaults) {
    Optional<List<Metric>> metrics = defaults.map(this::metrics);
    List<AggregateDefinition> aggregates = new ArrayList<>();
    Map<Long, String> byId = new HashMap<>();
    Problems problems = new Problems();
    node.map("aggregates")
        .entries()
        .forEach(
            (name, entry) ->
                problems.check(
                    () -> {
                      Names.declared(entry.key(), "an aggregate");
                      AggregateDefinition aggregate = aggregate(name, entry.value(), metrics);
                      String other = byId.put(aggregate.id(), name);
                      if (other != null) {
                        throw entry
                            .key()
                            .error(
                                "aggregates " + other + " and " + name + " share an id",
                                "rename one");
                      }
                      aggregates.add(aggregate);
                    }));
    problems.refuse();
    if (aggregates.isEmpty()) {
      throw node.error("no aggregates", "add one, for example 'hourly: {window: hour}'");
    }
    return aggregates;
  }

  private AggregateDefinition aggregate(String name, Yaml value, Optional<List<Metric>> defaults) {
    YamlMap map = value.map("aggregate " + name).only("by", "window", "time", "metrics");
    List<Field> by = map.optional("by").map(this::dimensions).orElse(List.of());
    WindowUnit window = Names.constant(map.required("window"), "window", WindowUnit.values());
    Field time =
        map.optional("time")
            .map(node -> Names.field(node, "time", fields, FieldType.TIMESTAMP))
            .orElse(schema.time());
    List<Metric> metrics =
        map.optional("metrics")
            .map(this::metrics)
            .or(() -> defaults)
            .orElseThrow(
                () ->
                    value.error(
                        "aggregate " + name + " has no metrics",
                        "add metrics to it, or default metrics beside aggregates"));
    long id = DefinitionIds.of(zone, schema, rules, name, by, window, time, metrics);
    return new AggregateDefinition(id, name, by, window, time, metrics);
  }

  private List<Field> dimensions(Yaml node) {
    Set<Field> by = new LinkedHashSet<>();
    for (Yaml item : node.list("by")) {
      Field field =
          Names.field(
              item,
              "by",
              fields,
              FieldType.STRING,
              FieldType.STRINGS,
              FieldType.LONG,
              FieldType.BOOLEAN);
      if (field.type() == FieldType.STRINGS
          && by.stream().anyMatch(f -> f.type() == FieldType.STRINGS)) {
        throw item.error(
            "by has a second field of type strings, " + field.name(),
            "an event would count once in each combination: keep one");
      }
      if (!by.add(field)) {
        throw item.error("by names " + field.name() + " twice", "remove one");
      }
    }
    return List.copyOf(by);
  }

  private List<Metric> metrics(Yaml node) {
    List<Metric> metrics = new ArrayList<>();
    node.map("metrics")
        .entries()
        .forEach(
            (name, entry) -> {
              Names.declared(entry.key(), "a metric");
              if (RESERVED.contains(name)) {
                throw entry
                    .key()
                    .error("metric " + name + " has the name of a part of each row", "rename it");
              }
              metrics.add(metric(name, entry));
            });
    if (metrics.isEmpty()) {
      throw node.error("no metrics", "add one, for example 'events: count'");
    }
    return metrics;
  }

  /** {@code name: count}, {@code field: stats} or {@code name: {stats: field}}. */
  private Metric metric(String name, YamlMap.Entry entry) {
    Yaml value = entry.value();
    if (value.isMap()) {
      YamlMap map = value.map("metric " + name).only("stats", "histogram", "distinct", "scale");
      YamlMap.Entry kindAndField = map.exactlyOne("stats", "histogram", "distinct");
      Metric.Kind kind = Names.constant(kindAndField.key(), "metric", Metric.Kind.values());
      Field field = operand(kind, kindAndField.value());
      return new Metric(name, kind, map.has("scale") ? rounded(field, map) : plain(field, value));
    }
    Metric.Kind kind = Names.constant(value, "metric", Metric.Kind.values());
    if (kind == Metric.Kind.COUNT) {
      return new Metric(name, kind, schema.id());
    }
    return new Metric(name, kind, plain(operand(kind, entry.key()), entry.key()));
  }

  /** Doubles are not exact: a sum of them would depend on the order of events. */
  private static Field plain(Field field, Yaml node) {
    if (field.type() == FieldType.DOUBLE) {
      throw node.error(
          field.name() + " is a double, which cannot be summed exactly",
          "say to how many decimal places it is rounded, as in {stats: %s, scale: 6}"
              .formatted(field.name()));
    }
    return field;
  }

  private static Field rounded(Field field, YamlMap map) {
    Yaml node = map.required("scale");
    String text = node.text("scale");
    if (field.type() != FieldType.DOUBLE) {
      throw node.error(
          field.name() + " has a scale of its own, as a " + Names.lower(field.type()),
          "remove scale");
    }
    if (!text.matches("[1-9]")) {
      throw node.error("scale " + text, "give the number of decimal places, 1 to 9");
    }
    return field.rounded(text.charAt(0) - '0');
  }

  private Field operand(Metric.Kind kind, Yaml node) {
    String what = Names.lower(kind);
    return kind == Metric.Kind.DISTINCT
        ? Names.field(
            node,
            what,
            fields,
            FieldType.STRING,
            FieldType.LONG,
            FieldType.DECIMAL,
            FieldType.BOOLEAN,
            FieldType.TIMESTAMP)
        : Names.field(node, what, fields, FieldType.LONG, FieldType.DECIMAL, FieldType.DOUBLE);
  }
}
