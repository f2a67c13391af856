package dev.tandem.core.definition;

import java.util.List;

/**
 * One number, or group of numbers, of an aggregate's row.
 *
 * @param field what it is computed from; for {@link Kind#COUNT} any field (events are counted)
 */
public record Metric(String name, Kind kind, Field field) {
  public Metric {
    boolean fits =
        switch (kind) {
          case COUNT -> true;
          case STATS, HISTOGRAM ->
              field.type() == FieldType.LONG
                  || field.type() == FieldType.DECIMAL
                  || (field.type() == FieldType.DOUBLE && field.scale() > 0);
          case DISTINCT -> field.type() != FieldType.STRINGS;
        };
    if (!fits) {
      throw new IllegalArgumentException(kind + " of " + field);
    }
  }

  /** Its numbers, for what comes after the dot in {@code duration_s.avg}; "" where it is one. */
  public List<String> parts() {
    return switch (kind) {
      case COUNT, DISTINCT -> List.of("");
      case STATS -> List.of("count", "sum", "min", "max", "avg");
      case HISTOGRAM -> List.of("count", "p50", "p90", "p95", "p99");
    };
  }

  /** What is kept. */
  public enum Kind {
    /** Events. */
    COUNT,
    /**
     * Count, sum, minimum and maximum of the values that are not null; the average is sum / count.
     */
    STATS,
    /** Counts by value range, for quantiles. */
    HISTOGRAM,
    /** How many distinct values, approximately. */
    DISTINCT
  }
}
