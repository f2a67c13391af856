package dev.tandem.backfill.report;

import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Metric;

/** How large a change is, to show the largest ones. */
final class ChangeSize {
  private ChangeSize() {}

  /** By how much a metric changes: events, the sum, the values counted, the estimate. */
  static long of(Metric metric, RowState before, RowState after) {
    return Math.abs(number(metric, after) - number(metric, before));
  }

  /** By how much the metrics behind the first one change. */
  static long rest(AggregateDefinition aggregate, RowState before, RowState after) {
    return aggregate.metrics().stream().skip(1).mapToLong(m -> of(m, before, after)).sum();
  }

  private static long number(Metric metric, RowState state) {
    return switch (metric.kind()) {
      case COUNT -> state.events();
      case STATS -> {
        RowState.Stats stats = state.stats(metric);
        yield stats == null ? 0 : stats.sum();
      }
      case HISTOGRAM -> state.histogramCount(metric);
      case DISTINCT -> state.distinct(metric);
    };
  }
}
