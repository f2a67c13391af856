package dev.tandem.core.definition;

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
              field.type() == FieldType.LONG || field.type() == FieldType.DECIMAL;
          case DISTINCT -> field.type() != FieldType.STRINGS;
        };
    if (!fits) {
      throw new IllegalArgumentException(kind + " of " + field);
    }
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
