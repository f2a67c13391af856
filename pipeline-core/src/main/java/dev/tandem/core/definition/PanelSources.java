package dev.tandem.core.definition;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which aggregates give the same numbers for a panel: those that count the same events by the same
 * time, keep the same metric and the panel's dimension, in windows that are fine enough.
 */
final class PanelSources {
  private PanelSources() {}

  /** The declared one, then the others, those with few dimensions first. */
  static List<String> of(
      List<AggregateDefinition> all,
      AggregateDefinition declared,
      Panel.Kind kind,
      String metric,
      Optional<String> by,
      Optional<WindowUnit> roll) {
    Metric kept = metric(declared, metric);
    return Stream.concat(
            Stream.of(declared),
            all.stream()
                .filter(a -> !a.equals(declared))
                .filter(a -> a.time().equals(declared.time()))
                .filter(a -> a.metrics().contains(kept))
                .filter(a -> by.isEmpty() || has(a, by.get()))
                .filter(a -> a.window().compareTo(coarsest(declared, kind, roll)) <= 0)
                .filter(a -> manyValued(a).equals(manyValued(declared)))
                .sorted((a, b) -> Integer.compare(a.by().size(), b.by().size())))
        .map(AggregateDefinition::name)
        .toList();
  }

  static boolean has(AggregateDefinition aggregate, String dimension) {
    return aggregate.by().stream().anyMatch(f -> f.name().equals(dimension));
  }

  /** By a list of values an event counts several times, so such rows do not add up to events. */
  private static List<Field> manyValued(AggregateDefinition aggregate) {
    return aggregate.by().stream().filter(f -> f.type() == FieldType.STRINGS).toList();
  }

  private static Metric metric(AggregateDefinition aggregate, String text) {
    String name = text.split("\\.", 2)[0];
    return aggregate.metrics().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("unchecked metric " + text));
  }

  /** Days at least, so that a filter on dates holds. */
  private static WindowUnit coarsest(
      AggregateDefinition declared, Panel.Kind kind, Optional<WindowUnit> roll) {
    if (kind == Panel.Kind.HEATMAP) {
      return WindowUnit.HOUR;
    }
    WindowUnit day =
        declared.window().compareTo(WindowUnit.DAY) > 0 ? declared.window() : WindowUnit.DAY;
    return roll.filter(unit -> unit.compareTo(day) < 0).orElse(day);
  }
}
