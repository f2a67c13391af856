package dev.tandem.core.aggregate;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.event.Event;
import java.util.List;

/**
 * Which slots of a {@link RowState} hold which metric of an aggregate. Immutable, shared between
 * threads.
 */
public final class RowLayout {
  private final List<Metric> stats;
  private final List<Metric> sketches;
  private final long[] noStats;

  public RowLayout(AggregateDefinition aggregate) {
    stats = of(aggregate, Metric.Kind.STATS);
    sketches =
        aggregate.metrics().stream()
            .filter(m -> m.kind() == Metric.Kind.HISTOGRAM || m.kind() == Metric.Kind.DISTINCT)
            .toList();
    noStats = new long[stats.size() * 4];
  }

  private static List<Metric> of(AggregateDefinition aggregate, Metric.Kind kind) {
    return aggregate.metrics().stream().filter(m -> m.kind() == kind).toList();
  }

  List<Metric> stats() {
    return stats;
  }

  List<Metric> sketches() {
    return sketches;
  }

  /** What a {@link RowState} of nothing has of its metrics; not to be changed. */
  long[] noStats() {
    return noStats;
  }

  int stat(Metric metric) {
    return indexOf(stats, metric);
  }

  int sketch(Metric metric) {
    return indexOf(sketches, metric);
  }

  private static int indexOf(List<Metric> metrics, Metric metric) {
    for (int i = 0; i < metrics.size(); i++) {
      if (metrics.get(i) == metric) {
        return i;
      }
    }
    int i = metrics.indexOf(metric);
    if (i < 0) {
      throw new IllegalArgumentException("not of this layout: " + metric);
    }
    return i;
  }

  static long distinctHash(Event event, Field field) {
    String text = field.type() == FieldType.STRING ? event.text(field) : null;
    return Hashes.of(text != null ? text : Long.toString(event.number(field)));
  }
}
