package dev.tandem.core.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The panels of a pipeline that declares none: its first metric as a number, over time and by
 * weekday and hour; the top values of every dimension that has an aggregate of its own; every
 * histogram.
 */
final class DefaultPanels {
  private final List<AggregateDefinition> aggregates;
  private final List<Panel> panels = new ArrayList<>();

  private DefaultPanels(List<AggregateDefinition> aggregates) {
    this.aggregates = aggregates;
  }

  static List<Panel> of(List<AggregateDefinition> aggregates) {
    return new DefaultPanels(aggregates).build();
  }

  private List<Panel> build() {
    AggregateDefinition main =
        aggregates.stream()
            .min(Comparator.comparingInt((AggregateDefinition a) -> a.by().size()))
            .orElseThrow();
    for (Metric metric : main.metrics()) {
      if (metric.kind() != Metric.Kind.HISTOGRAM) {
        String part = metric.kind() == Metric.Kind.STATS ? ".avg" : "";
        add(Panel.Kind.NUMBER, words(metric.name() + part), main, metric.name() + part, "");
      }
    }
    Metric first = main.metrics().get(0);
    String number = first.name() + (first.parts().get(0).isEmpty() ? "" : ".count");
    add(Panel.Kind.LINE, words(first.name()) + " over time", main, number, "");
    if (main.window().compareTo(WindowUnit.HOUR) <= 0) {
      add(Panel.Kind.HEATMAP, words(first.name()) + " by weekday and hour", main, number, "");
    }
    for (AggregateDefinition aggregate : aggregates) {
      if (aggregate.by().size() == 1) {
        Metric counted = aggregate.metrics().get(0);
        String by = aggregate.by().get(0).name();
        String part = counted.parts().get(0).isEmpty() ? "" : ".count";
        add(Panel.Kind.BARS, "Top " + words(by), aggregate, counted.name() + part, by);
      }
    }
    for (Metric metric : main.metrics()) {
      if (metric.kind() == Metric.Kind.HISTOGRAM) {
        add(Panel.Kind.DISTRIBUTION, words(metric.name()), main, metric.name(), "");
      }
    }
    return panels;
  }

  private void add(
      Panel.Kind kind, String title, AggregateDefinition aggregate, String metric, String by) {
    Optional<String> dimension = Optional.of(by).filter(d -> !d.isEmpty());
    String capital = title.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + title.substring(1);
    panels.add(
        new Panel(
            kind,
            capital,
            PanelSources.of(aggregates, aggregate, kind, metric, dimension, Optional.empty()),
            metric,
            dimension,
            Panel.DEFAULT_TOP,
            Optional.empty(),
            "",
            ""));
  }

  private static String words(String name) {
    return name.replace('_', ' ').replace('-', ' ').replace('.', ' ');
  }
}
