package dev.tandem.backfill.report;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Rows that a certificate speaks of together: those of one aggregate whose windows start in one
 * calendar month of the pipeline's zone.
 *
 * @param aggregate index in the pipeline
 * @param from start of the month, inclusive, milliseconds since the epoch
 * @param to its end, exclusive
 */
public record Slice(int aggregate, long from, long to) implements Serializable, Comparable<Slice> {
  private static final Comparator<Slice> ORDER =
      Comparator.comparingInt(Slice::aggregate).thenComparingLong(Slice::from);

  @Override
  public int compareTo(Slice other) {
    return ORDER.compare(this, other);
  }
}
