package dev.tandem.bench.result;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * Median, least and greatest of the same figure over several runs.
 *
 * @param runs how many there were, at least one
 */
public record Figures(int runs, double median, double least, double most) {

  /**
   * @param values at least one, in any order
   */
  public static Figures of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Figures(sorted.length, median, sorted[0], sorted[sorted.length - 1]);
  }

  /** How far apart the runs lie: (greatest - least) / median, as a fraction. */
  public double spread() {
    return median == 0 ? 0 : (most - least) / median;
  }

  /** The spread as it stands behind a median; nothing where one run says nothing of it. */
  String spreadText() {
    return runs == 1 ? "" : String.format(Locale.ROOT, " (%.0f%%)", 100 * spread());
  }

  static Figures of(double... values) {
    return of(Arrays.stream(values).boxed().toList());
  }
}
