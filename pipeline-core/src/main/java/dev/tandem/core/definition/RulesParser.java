package dev.tandem.core.definition;

import dev.tandem.core.config.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code rules}: a list of mappings, each with one of the keys that name a rule. */
final class RulesParser {
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,16}(\\.[0-9]{1,9})?");
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000_000L);
  private static final int MAX_RULES = 64;

  private static final String WORDS_OF = "words_of";
  private static final String HASHTAGS_OF = "hashtags_of";

  private final Schema schema;
  private final Map<String, Field> fields;
  private final Set<Field> read;

  /**
   * @param schema whose event time no rule may take away
   * @param formats whose fields no rule may derive
   */
  RulesParser(Schema schema, List<SourceFormat> formats) {
    this.schema = schema;
    this.fields = schema.byName();
    this.read =
        formats.stream()
            .flatMap(format -> format.sources().stream())
            .map(FieldSource::field)
            .collect(Collectors.toSet());
  }

  List<Rule> parse(Yaml node) {
    List<Rule> rules = new ArrayList<>();
    Problems problems = new Problems();
    for (Yaml item : node.list("rules")) {
      if (rules.size() == MAX_RULES) {
        throw item.error("more than " + MAX_RULES + " rules", "merge or remove some");
      }
      problems.collect(() -> rule(item)).ifPresent(rules::add);
    }
    problems.refuse();
    return rules;
  }

  private Rule rule(Yaml item) {
    YamlMap map = item.map("a rule");
    if (map.has("fill")) {
      return fill(map.only("fill", "seconds", WORDS_OF, HASHTAGS_OF));
    } else if (map.has("derive")) {
      return extract("derive", map.only("derive", WORDS_OF, HASHTAGS_OF));
    } else if (map.has("lower")) {
      return lower(map.only("lower"));
    } else if (map.has("null_outside")) {
      return nullOutside(map.only("null_outside", "range"));
    } else if (map.has("null_unless_within")) {
      return nullUnlessWithin(map.only("null_unless_within", "after", "within"));
    }
    map.only(
        "fill",
        "derive",
        "lower",
        "null_outside",
        "null_unless_within",
        "seconds",
        WORDS_OF,
        HASHTAGS_OF,
        "range",
        "after",
        "within");
    throw item.error(
        "a rule that does nothing", "add fill, derive, lower, null_outside or null_unless_within");
  }

  private Rule fill(YamlMap map) {
    map.exactlyOne("seconds", WORDS_OF, HASHTAGS_OF);
    if (!map.has("seconds")) {
      return extract("fill", map);
    }
    Field target = Names.field(map.required("fill"), "fill", fields, FieldType.LONG);
    Yaml seconds = map.required("seconds");
    List<Yaml> between = pair(seconds, "seconds", "[FROM, TO], two timestamps");
    Field from = Names.field(between.get(0), "seconds", fields, FieldType.TIMESTAMP);
    Field to = Names.field(between.get(1), "seconds", fields, FieldType.TIMESTAMP);
    return new Rule.FillSeconds(target, from, to);
  }

  /** {@code fill} or {@code derive}, from a text. */
  private Rule extract(String what, YamlMap map) {
    Yaml name = map.required(what);
    Field target = Names.field(name, what, fields, FieldType.STRINGS);
    YamlMap.Entry how = map.exactlyOne(WORDS_OF, HASHTAGS_OF);
    Rule.Extract.Kind kind = Names.constant(how.key(), "rule", Rule.Extract.Kind.values());
    Field from = Names.field(how.value(), Names.lower(kind), fields, FieldType.STRING);
    boolean derived = what.equals("derive");
    if (derived && read.contains(target)) {
      throw name.error(
          "derive " + target.name() + ", which a format reads from files",
          "use fill, which keeps what was read, or take it out of the formats");
    }
    return new Rule.Extract(target, from, kind, derived);
  }

  private Rule lower(YamlMap map) {
    Yaml name = map.required("lower");
    Field target = Names.field(name, "lower", fields, FieldType.STRING, FieldType.STRINGS);
    if (target.equals(schema.id())) {
      throw name.error("lower " + target.name() + " would change the id", "use another field");
    }
    return new Rule.Lower(target);
  }

  private Rule nullOutside(YamlMap map) {
    Field target =
        Names.field(
            map.required("null_outside"),
            "null_outside",
            fields,
            FieldType.LONG,
            FieldType.DECIMAL);
    Yaml range = map.required("range");
    List<Yaml> ends = pair(range, "range", "[MIN, MAX], null for an open end");
    OptionalLong min = bound(ends.get(0), target);
    OptionalLong max = bound(ends.get(1), target);
    if (min.isPresent() && max.isPresent() && min.getAsLong() > max.getAsLong()) {
      throw range.error("the range of " + target.name() + " is empty", "write the minimum first");
    }
    return new Rule.NullOutside(target, min, max);
  }

  private Rule nullUnlessWithin(YamlMap map) {
    Yaml name = map.required("null_unless_within");
    Field target = Names.field(name, "null_unless_within", fields, FieldType.TIMESTAMP);
    if (target.equals(schema.time())) {
      throw name.error(
          "null_unless_within " + target.name() + " would remove the event time",
          "use another timestamp");
    }
    Field after = Names.field(map.required("after"), "after", fields, FieldType.TIMESTAMP);
    return new Rule.NullUnlessWithin(
        target, after, YamlValues.duration(map.required("within"), "within").toMillis());
  }

  private static List<Yaml> pair(Yaml node, String what, String shape) {
    List<Yaml> items = node.list(what);
    if (items.size() != 2) {
      throw node.error(what + " has " + items.size() + " items", "write " + shape);
    }
    return items;
  }

  private static OptionalLong bound(Yaml node, Field target) {
    if (node.isNull()) {
      return OptionalLong.empty();
    }
    String text = node.text("a bound of range");
    if (!DECIMAL.matcher(text).matches()) {
      throw node.error("'" + text + "' is not a number", "write digits, or null for an open end");
    }
    BigDecimal scaled = new BigDecimal(text).movePointRight(target.scale()).stripTrailingZeros();
    if (scaled.scale() > 0) {
      throw node.error(
          text + " has more than the " + target.scale() + " decimal places of " + target.name(),
          "round it");
    }
    if (scaled.abs().compareTo(LARGEST) > 0) {
      throw node.error(text + " is beyond what " + target.name() + " can hold", "use null");
    }
    return OptionalLong.of(scaled.longValueExact());
  }
}
