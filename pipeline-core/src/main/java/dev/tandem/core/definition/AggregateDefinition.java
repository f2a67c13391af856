package dev.tandem.core.definition;

import java.util.List;

/**
 * One aggregate: a table of rows, one a window and combination of dimension values.
 *
 * @param id hash of all that decides what its rows hold; a changed definition has another id and
 *     starts new rows
 * @param by dimensions, in key order; STRING, STRINGS (at most one), LONG or BOOLEAN fields
 * @param time the timestamp that decides the window; an event where it is null is not counted here
 */
public record AggregateDefinition(
    long id, String name, List<Field> by, WindowUnit window, Field time, List<Metric> metrics) {
  public AggregateDefinition {
    by = List.copyOf(by);
    metrics = List.copyOf(metrics);
  }

  /** The id as 16 hexadecimal digits. */
  public String hexId() {
    return String.format("%016x", id);
  }
}
