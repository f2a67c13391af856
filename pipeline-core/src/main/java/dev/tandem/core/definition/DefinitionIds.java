package dev.tandem.core.definition;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The id of an aggregate: XXH3 (64 bits) of a canonical text of all that decides what its rows
 * hold. File formats, descriptions and whatever the aggregate does not use are no part of it, so
 * that changing them keeps its rows.
 */
final class DefinitionIds {
  private DefinitionIds() {}

  static long of(
      ZoneId zone,
      Schema schema,
      List<Rule> rules,
      String name,
      List<Field> by,
      WindowUnit window,
      Field time,
      List<Metric> metrics) {
    String text = canonical(zone, schema, rules, name, by, window, time, metrics);
    return Hashing.xxh3_64().hashBytesToLong(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A line a part; names cannot hold a blank or a line break. */
  static String canonical(
      ZoneId zone,
      Schema schema,
      List<Rule> rules,
      String name,
      List<Field> by,
      WindowUnit window,
      Field time,
      List<Metric> metrics) {
    Set<Field> used = new LinkedHashSet<>(by);
    used.add(schema.id());
    used.add(schema.time());
    used.add(time);
    for (Metric m : metrics) {
      if (m.kind() != Metric.Kind.COUNT) {
        used.add(schema.fields().get(m.field().index()));
        used.add(m.field());
      }
    }
    addWhatRulesRead(used, rules);

    StringBuilder text = new StringBuilder();
    line(text, "format", PipelineDefinition.FORMAT_VERSION);
    line(text, "zone", zone.getId());
    line(text, "id", schema.id().name());
    line(text, "event-time", schema.time().name());
    line(text, "aggregate", name);
    line(text, "by", by.stream().map(Field::name).collect(Collectors.joining(" ")));
    line(text, "window", Names.lower(window));
    line(text, "time", time.name());
    for (Metric m : metrics) {
      String field = m.kind() == Metric.Kind.COUNT ? "" : " " + m.field().name();
      line(text, "metric", m.name() + " " + Names.lower(m.kind()) + field);
    }
    Set<String> fields = new TreeSet<>();
    used.forEach(f -> fields.add(f.name() + " " + Names.lower(f.type()) + " " + f.scale()));
    fields.forEach(f -> line(text, "field", f));
    rules.stream()
        .filter(rule -> used.contains(rule.target()))
        .forEach(rule -> line(text, "rule", rule.canonical()));
    return text.toString();
  }

  /** To a fixed point: a field that a used field's rule reads is used, too. */
  private static void addWhatRulesRead(Set<Field> used, List<Rule> rules) {
    int before;
    do {
      before = used.size();
      for (Rule rule : rules) {
        if (used.contains(rule.target())) {
          used.addAll(rule.reads());
        }
      }
    } while (used.size() > before);
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append(key).append(' ').append(value).append('\n');
  }
}
