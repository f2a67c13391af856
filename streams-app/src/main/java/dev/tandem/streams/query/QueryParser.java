package dev.tandem.streams.query;

import dev.tandem.core.config.Nearest;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.time.TimeRange;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads a query's parameters; throws {@link BadQueryException} at the first that is wrong. */
record QueryParser(
    AggregateDefinition aggregate, ZoneId zone, Map<String, List<String>> parameters) {
  private static final Set<String> KNOWN =
      Set.of("from", "to", "by", "where", "roll", "metric", "top", "limit", "ranges");

  QueryRequest parse() {
    for (String name : parameters.keySet()) {
      if (!KNOWN.contains(name)) {
        throw new BadQueryException(
            name, "no parameter " + name + Nearest.hint(name, KNOWN) + list(KNOWN));
      }
    }
    OptionalInt top = number("top");
    OptionalInt limit = number("limit");
    return new QueryRequest(
        aggregate,
        range(),
        by(),
        where(),
        roll(),
        order(top.isPresent()),
        least(top, limit),
        flag("ranges"));
  }

  private Optional<String> one(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new BadQueryException(name, name + " is given " + values.size() + " times");
    }
    return values.stream().findFirst();
  }

  private TimeRange range() {
    return new QueryTimes(zone).range(one("from"), one("to"));
  }

  private List<Integer> by() {
    Optional<String> given = one("by");
    if (given.isEmpty()) {
      return IntStream.range(0, aggregate.by().size()).boxed().toList();
    }
    Set<Integer> kept = new LinkedHashSet<>();
    for (String name : given.get().split(",")) {
      if (!name.isBlank()) {
        kept.add(dimension("by", name.strip()));
      }
    }
    return kept.stream().sorted().toList();
  }

  private int dimension(String parameter, String name) {
    List<String> names = aggregate.by().stream().map(Field::name).toList();
    int i = names.indexOf(name);
    if (i < 0) {
      throw new BadQueryException(
          parameter,
          "no dimension "
              + name
              + " in "
              + aggregate.name()
              + Nearest.hint(name, names)
              + list(names));
    }
    return i;
  }

  private Map<Integer, Set<Object>> where() {
    Map<Integer, Set<Object>> where = new HashMap<>();
    for (String text : parameters.getOrDefault("where", List.of())) {
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw new BadQueryException("where", "where " + text + ": give DIMENSION:VALUE");
      }
      int i = dimension("where", text.substring(0, colon));
      where.computeIfAbsent(i, d -> new HashSet<>()).add(value(i, text.substring(colon + 1)));
    }
    return where;
  }

  private Object value(int dimension, String text) {
    Field field = aggregate.by().get(dimension);
    if (text.isEmpty()) {
      return QueryRequest.MISSING;
    }
    if (field.type() == FieldType.LONG) {
      try {
        return Long.valueOf(text.strip());
      } catch (NumberFormatException e) {
        throw new BadQueryException("where", field.name() + " is a whole number, not " + text);
      }
    }
    if (field.type() == FieldType.BOOLEAN) {
      if (!text.equals("true") && !text.equals("false")) {
        throw new BadQueryException("where", field.name() + " is true or false, not " + text);
      }
      return Boolean.valueOf(text);
    }
    return text;
  }

  private Roll roll() {
    Optional<String> given = one("roll");
    if (given.isEmpty()) {
      return Roll.of(aggregate.window());
    }
    String text = given.get();
    Roll roll =
        Arrays.stream(Roll.values())
            .filter(r -> r.text().equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadQueryException(
                        "roll",
                        "no roll " + text + Nearest.hint(text, Roll.texts()) + list(Roll.texts())));
    if (!roll.takes(aggregate.window())) {
      throw new BadQueryException(
          "roll",
          "%s has windows of a %s, which do not lie in one %s"
              .formatted(aggregate.name(), Roll.of(aggregate.window()).text(), roll.text()));
    }
    return roll;
  }

  private Optional<MetricPart> order(boolean top) {
    Optional<MetricPart> given = one("metric").map(m -> MetricPart.parse(aggregate, m));
    return given.isEmpty() && top ? Optional.of(MetricPart.first(aggregate)) : given;
  }

  private OptionalInt number(String name) {
    Optional<String> given = one(name);
    if (given.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int n = Integer.parseInt(given.get().strip());
      if (n > 0) {
        return OptionalInt.of(n);
      }
    } catch (NumberFormatException notANumber) {
      // Said below.
    }
    throw new BadQueryException(name, name + " " + given.get() + ": give a whole number from 1");
  }

  private boolean flag(String name) {
    String text = one(name).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw new BadQueryException(name, name + " " + text + ": give true or false");
    }
    return text.equals("true");
  }

  private static OptionalInt least(OptionalInt a, OptionalInt b) {
    return Stream.of(a, b).flatMapToInt(OptionalInt::stream).min();
  }

  private static String list(Collection<String> names) {
    return names.isEmpty()
        ? ": it has none"
        : ": there are " + String.join(", ", names.stream().sorted().toList());
  }
}
