package dev.tandem.core.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code lateness} and {@code decisions}. */
final class DecisionsParser {
  private static final String KIND = "kind";
  private static final String QUIET = "quiet";
  private static final String CLEAR = "clear";
  private static final String HOURS = "hours";
  private static final String AGGREGATE = "aggregate";

  /** So many hours of counts are kept at most: a week and an hour. */
  private static final int MOST_HOURS = 168;

  private static final double MOST = 1_000_000;
  private static final Duration MOST_LATENESS = Duration.ofDays(2);

  private final Map<String, Field> fields;
  private final Set<Field> derived;
  private final List<AggregateDefinition> aggregates;

  DecisionsParser(Schema schema, List<Rule> rules, List<AggregateDefinition> aggregates) {
    this.fields = schema.byName();
    this.derived =
        rules.stream()
            .filter(rule -> rule instanceof Rule.Extract extract && extract.derived())
            .map(Rule::target)
            .collect(Collectors.toSet());
    this.aggregates = aggregates;
  }

  Decisions parse(YamlMap pipeline) {
    List<Decision> decisions = new ArrayList<>();
    pipeline
        .optional("decisions")
        .ifPresent(
            node ->
                node.map("decisions")
                    .entries()
                    .forEach(
                        (name, entry) -> {
                          Names.declared(entry.key(), "a decision");
                          decisions.add(decision(name, entry.value()));
                        }));
    return new Decisions(
        pipeline
            .optional("lateness")
            .map(DecisionsParser::lateness)
            .orElse(Decisions.DEFAULT_LATENESS),
        decisions);
  }

  private static Duration lateness(Yaml node) {
    Duration lateness = YamlValues.duration(node, "lateness");
    if (lateness.compareTo(MOST_LATENESS) > 0) {
      throw node.error("lateness " + node.text("lateness"), "give at most 48h");
    }
    return lateness;
  }

  private Decision decision(String name, Yaml value) {
    YamlMap map = value.map("decision " + name);
    return switch (Names.constant(map.required(KIND), KIND, Decision.Kind.values())) {
      case IMBALANCE -> imbalance(name, map);
      case SILENCE -> silence(name, map);
      case OUTLIER -> outlier(name, map);
      case REJECTED_SHARE -> rejectedShare(name, map);
      case TREND -> trend(name, map);
    };
  }

  private Decision imbalance(String name, YamlMap map) {
    map.only(KIND, "in", "out", HOURS, "threshold", "beyond_normal", CLEAR, QUIET);
    double threshold = YamlValues.number(map.required("threshold"), "threshold", 1, MOST);
    OptionalDouble beyond =
        map.optional("beyond_normal")
            .map(n -> OptionalDouble.of(YamlValues.number(n, "beyond_normal", 0.1, 1_000)))
            .orElse(OptionalDouble.empty());
    return new Decision.Imbalance(
        name,
        aggregate(map.required("in"), "in"),
        aggregate(map.required("out"), "out"),
        YamlValues.whole(map.required(HOURS), HOURS, 1, MOST_HOURS),
        threshold,
        beyond,
        clear(map, threshold, threshold / 2),
        quiet(map));
  }

  private Decision silence(String name, YamlMap map) {
    map.only(KIND, AGGREGATE, HOURS, "expected", QUIET);
    return new Decision.Silence(
        name,
        aggregate(map.required(AGGREGATE), AGGREGATE),
        YamlValues.whole(map.required(HOURS), HOURS, 1, MOST_HOURS),
        YamlValues.number(map.required("expected"), "expected", 1, MOST),
        quiet(map));
  }

  private Decision outlier(String name, YamlMap map) {
    map.only(KIND, "subject", "seconds_between", "speed", "over", QUIET);
    Optional<Field> subject =
        map.optional("subject").map(node -> read(node, "subject", FieldType.STRING));
    YamlMap.Entry limit = map.exactlyOne("seconds_between", "speed");
    boolean between = map.has("seconds_between");
    List<Yaml> operands = limit.value().list(limit.key().text("a limit"));
    if (operands.size() != 2) {
      throw limit
          .value()
          .error(
              operands.size() + " fields", between ? "write [FROM, TO]" : "write [WAY, SECONDS]");
    }
    Yaml over = map.required("over");
    return new Decision.Outlier(
        name,
        subject,
        between
            ? new Decision.Limit.SecondsBetween(
                read(operands.get(0), "seconds_between", FieldType.TIMESTAMP),
                read(operands.get(1), "seconds_between", FieldType.TIMESTAMP),
                YamlValues.duration(over, "over").toSeconds())
            : new Decision.Limit.Speed(
                read(operands.get(0), "speed", FieldType.DECIMAL, FieldType.LONG),
                read(operands.get(1), "speed", FieldType.LONG),
                YamlValues.number(over, "over", 0.001, MOST)),
        quiet(map));
  }

  private Decision rejectedShare(String name, YamlMap map) {
    map.only(KIND, "percent", "least", CLEAR, QUIET);
    double percent = YamlValues.number(map.required("percent"), "percent", 0.001, 100);
    return new Decision.RejectedShare(
        name,
        percent,
        clear(map, percent, percent / 2),
        YamlValues.whole(map.required("least"), "least", 1, (int) MOST),
        quiet(map));
  }

  private Decision trend(String name, YamlMap map) {
    map.only(KIND, AGGREGATE, HOURS, "factor", "least", CLEAR, QUIET);
    double factor = YamlValues.number(map.required("factor"), "factor", 1.1, 1_000);
    return new Decision.Trend(
        name,
        aggregate(map.required(AGGREGATE), AGGREGATE),
        map.optional(HOURS).map(n -> YamlValues.whole(n, HOURS, 1, MOST_HOURS - 1)).orElse(24),
        factor,
        clear(map, factor, factor / 2),
        YamlValues.whole(map.required("least"), "least", 1, (int) MOST),
        quiet(map));
  }

  private static double clear(YamlMap map, double most, double otherwise) {
    return map.optional(CLEAR).map(n -> YamlValues.number(n, CLEAR, 0, most)).orElse(otherwise);
  }

  private static Duration quiet(YamlMap map) {
    return map.optional(QUIET).map(n -> YamlValues.duration(n, QUIET)).orElse(Duration.ofHours(24));
  }

  /** A field that events have before any rule. */
  private Field read(Yaml node, String what, FieldType... types) {
    Field field = Names.field(node, what, fields, types);
    if (derived.contains(field)) {
      throw node.error(
          what + " cannot be " + field.name() + ", which a rule derives", "name a field as read");
    }
    return field;
  }

  private AggregateDefinition aggregate(Yaml node, String what) {
    String name = node.text(what);
    List<String> known = aggregates.stream().map(AggregateDefinition::name).toList();
    AggregateDefinition aggregate =
        aggregates.stream()
            .filter(a -> a.name().equals(name))
            .findFirst()
            .orElseThrow(() -> Names.unknown(node, AGGREGATE, name, known));
    if (aggregate.window() != WindowUnit.HOUR
        || aggregate.by().size() > 1
        || !aggregate.by().stream()
            .allMatch(f -> f.type() == FieldType.STRING || f.type() == FieldType.STRINGS)) {
      throw node.error(
          "a decision cannot look at " + name,
          "take an aggregate with windows of an hour and at most one dimension, a text");
    }
    return aggregate;
  }
}
