package dev.tandem.core.definition;

import dev.tandem.core.config.Nearest;
import dev.tandem.core.config.Problems;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code panels}, {@code filters} and {@code map}: what the web page shows of a pipeline. */
final class PageParser {
  private static final int MOST_TOP = 50;

  private final List<AggregateDefinition> aggregates;

  PageParser(List<AggregateDefinition> aggregates) {
    this.aggregates = aggregates;
  }

  Page parse(YamlMap pipeline) {
    return new Page(
        pipeline.optional("panels").map(this::panels).orElse(DefaultPanels.of(aggregates)),
        pipeline.optional("filters").map(this::filters).orElse(List.of()),
        pipeline.optional("map").map(new MapParser(this)::parse));
  }

  private List<Panel> panels(Yaml node) {
    List<Panel> panels = new ArrayList<>();
    Problems problems = new Problems();
    node.list("panels").forEach(item -> problems.collect(() -> panel(item)).ifPresent(panels::add));
    problems.refuse();
    if (panels.isEmpty()) {
      throw node.error("no panels", "add one, or remove the key for a default");
    }
    return panels;
  }

  private Panel panel(Yaml item) {
    YamlMap map =
        item.map("a panel")
            .only("title", "kind", "aggregate", "metric", "by", "top", "roll", "unit", "missing");
    Panel.Kind kind = Names.constant(map.required("kind"), "kind", Panel.Kind.values());
    AggregateDefinition aggregate = aggregate(map.required("aggregate"));
    String metric = metric(map.required("metric"), aggregate, kind);
    Optional<String> by = map.optional("by").map(node -> dimension(node, "by", aggregate));
    boolean needsBy = kind == Panel.Kind.BARS || kind == Panel.Kind.SHARE;
    if (needsBy != by.isPresent()) {
      throw map.optional("by")
          .orElse(item)
          .error(
              "a panel of kind %s %s"
                  .formatted(Names.lower(kind), needsBy ? "needs by" : "has no by"),
              needsBy ? "add 'by: DIMENSION'" : "remove it, or take the kind bars or share");
    }
    if (kind == Panel.Kind.HEATMAP && aggregate.window().compareTo(WindowUnit.HOUR) > 0) {
      throw map.required("aggregate")
          .error(
              "a heatmap shows hours, and %s has windows of a %s"
                  .formatted(aggregate.name(), Names.lower(aggregate.window())),
              "take an aggregate with windows of an hour or a minute");
    }
    Optional<WindowUnit> roll = map.optional("roll").map(node -> roll(node, aggregate, kind));
    return new Panel(
        kind,
        map.optional("title").map(n -> n.text("title")).orElse(metric),
        PanelSources.of(aggregates, aggregate, kind, metric, by, roll),
        metric,
        by,
        map.optional("top").map(PageParser::top).orElse(Panel.DEFAULT_TOP),
        roll,
        map.optional("unit").map(n -> n.text("unit")).orElse(""),
        map.optional("missing").map(n -> n.text("missing")).orElse(""));
  }

  private List<String> filters(Yaml node) {
    Set<String> known = new LinkedHashSet<>();
    aggregates.forEach(a -> a.by().forEach(f -> known.add(f.name())));
    List<String> filters = new ArrayList<>();
    for (Yaml item : node.list("filters")) {
      String name = item.text("a filter");
      if (!known.contains(name)) {
        throw Names.unknown(item, "dimension", name, known);
      }
      filters.add(name);
    }
    return filters;
  }

  AggregateDefinition aggregate(Yaml node) {
    String name = node.text("aggregate");
    return aggregates.stream()
        .filter(a -> a.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Names.unknown(
                    node,
                    "aggregate",
                    name,
                    aggregates.stream().map(AggregateDefinition::name).toList()));
  }

  /** A number of the aggregate's rows; of a distribution a histogram. */
  String metric(Yaml node, AggregateDefinition aggregate, Panel.Kind kind) {
    String text = node.text("metric");
    List<String> known = new ArrayList<>();
    for (Metric metric : aggregate.metrics()) {
      if (kind == Panel.Kind.DISTRIBUTION) {
        if (metric.kind() == Metric.Kind.HISTOGRAM) {
          known.add(metric.name());
        }
      } else {
        metric.parts().forEach(p -> known.add(metric.name() + (p.isEmpty() ? "" : "." + p)));
      }
    }
    if (!known.contains(text)) {
      throw node.error(
          "no %s %s in %s%s"
              .formatted(
                  kind == Panel.Kind.DISTRIBUTION ? "histogram" : "number",
                  text,
                  aggregate.name(),
                  Nearest.hint(text, known)),
          known.isEmpty()
              ? "add a histogram to its metrics, as in 'duration_hist: {histogram: duration_s}'"
              : "there are " + String.join(", ", known));
    }
    return text;
  }

  String dimension(Yaml node, String what, AggregateDefinition aggregate) {
    String name = node.text(what);
    if (!PanelSources.has(aggregate, name)) {
      List<String> known = aggregate.by().stream().map(Field::name).toList();
      throw node.error(
          "no dimension %s in %s%s".formatted(name, aggregate.name(), Nearest.hint(name, known)),
          known.isEmpty() ? "it has none: take another aggregate" : "there are " + known);
    }
    return name;
  }

  private static WindowUnit roll(Yaml node, AggregateDefinition aggregate, Panel.Kind kind) {
    WindowUnit unit = Names.constant(node, "roll", WindowUnit.values());
    if (kind != Panel.Kind.LINE || unit.compareTo(aggregate.window()) < 0) {
      throw node.error(
          "roll " + Names.lower(unit) + " does not fit",
          "only a line has it, and it is not finer than the aggregate's own window");
    }
    return unit;
  }

  private static int top(Yaml node) {
    String text = node.text("top");
    if (!text.matches("[1-9][0-9]?") || Integer.parseInt(text) > MOST_TOP) {
      throw node.error("top " + text, "give a whole number from 1 to " + MOST_TOP);
    }
    return Integer.parseInt(text);
  }
}
