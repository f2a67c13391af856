package dev.tandem.core.decision;

import java.util.Arrays;

/**
 * The mean of counts of which a few may be far from the others: a concert, a broken dock, a day
 * without data. Huber's M-estimator of location: values further than {@value #REACH} scales from
 * the mean are drawn in to there, and the mean is taken anew until it stays (Huber, Robust
 * Estimation of a Location Parameter, Ann. Math. Statist. 35, 1964; the iteration is that of
 * Huber's Robust Statistics, 1981, 6.7). One value, however large, moves it by a few scales over
 * the count at most, while ordinary counts keep their plain mean: the median would be 0 for most
 * stations and hours, and a trimmed mean of skewed counts is too small.
 *
 * <p>The scale is that of the counts themselves, 1.4826 times the median absolute deviation, and at
 * least that of a Poisson count with this mean and one event more, so that the single event of a
 * quiet hour is no outlier.
 *
 * @param mean 0 where there are no values
 * @param reach values further away than this are drawn in
 */
record RobustMean(double mean, double reach) {
  private static final double REACH = 3;
  private static final double MAD_TO_DEVIATION = 1.4826;
  private static final double STAYS = 1e-4;
  private static final int MOST_STEPS = 50;

  static RobustMean of(double[] values) {
    double plain = plainMean(values);
    RobustMean simple = new RobustMean(plain, REACH * Math.sqrt(plain + 1));
    return simple.reachesAll(values) ? simple : iterated(values);
  }

  private static double plainMean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  private boolean reachesAll(double[] values) {
    for (double value : values) {
      if (Math.abs(value - mean) > reach) {
        return false;
      }
    }
    return true;
  }

  private static RobustMean iterated(double[] values) {
    double median = median(values);
    double[] distances = Arrays.stream(values).map(v -> Math.abs(v - median)).toArray();
    double deviation = MAD_TO_DEVIATION * median(distances);
    RobustMean now = new RobustMean(median, REACH * scale(median, deviation));
    for (int step = 0; step < MOST_STEPS; step++) {
      double mean = plainMean(Arrays.stream(values).map(now::drawnIn).toArray());
      boolean stays = Math.abs(mean - now.mean) < STAYS;
      now = new RobustMean(mean, REACH * scale(mean, deviation));
      if (stays) {
        break;
      }
    }
    return now;
  }

  private static double scale(double mean, double deviation) {
    return Math.max(Math.sqrt(mean + 1), deviation);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The value, or the nearest one within reach. */
  double drawnIn(double value) {
    return Math.min(mean + reach, Math.max(mean - reach, value));
  }

  /** Squares of the distances from the mean, those beyond reach drawn in, added up. */
  double squares(double[] values) {
    double sum = 0;
    for (double value : values) {
      double distance = drawnIn(value) - mean;
      sum += distance * distance;
    }
    return sum;
  }
}
