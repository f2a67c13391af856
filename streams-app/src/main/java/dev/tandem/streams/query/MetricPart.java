package dev.tandem.streams.query;

import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.config.Nearest;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.row.RowJson;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One number of a row, to order by: {@code trips}, {@code duration_s.sum}.
 *
 * @param part of {@link Metric#parts}; empty for a count
 */
public record MetricPart(Metric metric, String part) {
  private static final Map<String, Double> QUANTILES = quantiles();

  private static Map<String, Double> quantiles() {
    Map<String, Double> q = new LinkedHashMap<>();
    q.put("p50", 0.5);
    q.put("p90", 0.9);
    q.put("p95", 0.95);
    q.put("p99", 0.99);
    return q;
  }

  /** The first number of an aggregate. */
  static MetricPart first(AggregateDefinition aggregate) {
    Metric metric = aggregate.metrics().get(0);
    return new MetricPart(metric, metric.parts().get(0));
  }

  /**
   * @throws BadQueryException when the aggregate has no such number
   */
  static MetricPart parse(AggregateDefinition aggregate, String text) {
    Map<String, MetricPart> all = new LinkedHashMap<>();
    for (Metric metric : aggregate.metrics()) {
      for (String part : metric.parts()) {
        all.put(metric.name() + (part.isEmpty() ? "" : "." + part), new MetricPart(metric, part));
      }
    }
    MetricPart found = all.get(text);
    if (found == null) {
      throw new BadQueryException(
          "metric",
          "no metric %s in %s%s: there are %s"
              .formatted(
                  text,
                  aggregate.name(),
                  Nearest.hint(text, all.keySet()),
                  String.join(", ", all.keySet())));
    }
    return found;
  }

  /** The number of a row; empty where it has none. */
  Optional<BigDecimal> of(RowState state) {
    return switch (metric.kind()) {
      case COUNT -> Optional.of(BigDecimal.valueOf(state.events()));
      case DISTINCT -> Optional.of(BigDecimal.valueOf(state.distinct(metric)));
      case STATS -> Optional.ofNullable(state.stats(metric)).map(this::ofStats);
      case HISTOGRAM -> ofHistogram(state);
    };
  }

  private BigDecimal ofStats(RowState.Stats stats) {
    return switch (part) {
      case "count" -> BigDecimal.valueOf(stats.count());
      case "sum" -> scaled(stats.sum());
      case "min" -> scaled(stats.min());
      case "max" -> scaled(stats.max());
      default -> RowJson.average(metric, stats);
    };
  }

  private Optional<BigDecimal> ofHistogram(RowState state) {
    long count = state.histogramCount(metric);
    if (part.equals("count")) {
      return Optional.of(BigDecimal.valueOf(count));
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(scaled(state.quantile(metric, QUANTILES.getOrDefault(part, 0.5))));
  }

  private BigDecimal scaled(long value) {
    return BigDecimal.valueOf(value, metric.field().scale());
  }
}
