package dev.tandem.core.definition;

import java.util.List;
import java.util.Optional;

/**
 * One panel of a pipeline's web page.
 *
 * @param sources aggregates that can answer it, the declared one first; a filter on a dimension
 *     that one lacks is asked of the next that has it
 * @param metric a number of a row as in a query, {@code duration_s.avg}; of a {@link
 *     Kind#DISTRIBUTION} the name of a histogram
 * @param by the dimension whose values are shown, of {@link Kind#BARS} and {@link Kind#SHARE} only
 * @param top how many values of {@code by} at most
 * @param roll windows of a {@link Kind#LINE}; empty: as fits the range
 * @param unit of the number: {@code s} is shown as seconds, minutes or hours; may be empty
 * @param missing what it means that {@code by} is missing; empty: such rows are shown as any other
 */
public record Panel(
    Kind kind,
    String title,
    List<String> sources,
    String metric,
    Optional<String> by,
    int top,
    Optional<WindowUnit> roll,
    String unit,
    String missing) {
  public static final int DEFAULT_TOP = 10;

  public Panel {
    sources = List.copyOf(sources);
  }

  /** How a panel looks. */
  public enum Kind {
    /** One number of the whole range. */
    NUMBER,
    /** A number over time. */
    LINE,
    /** A number by weekday and hour. */
    HEATMAP,
    /** The values of a dimension with the largest numbers. */
    BARS,
    /** How a number is divided over the few values of a dimension. */
    SHARE,
    /** A histogram, with median and 95th percentile. */
    DISTRIBUTION
  }
}
