package dev.tandem.replay.generate;

import java.util.Arrays;
import java.util.Random;

/**
 * Draws that come out the same on every machine: {@link Random} is specified bit by bit, and {@link
 * StrictMath} too.
 */
final class Chance {
  private Chance() {}

  /** The sums of the weights up to and with each. */
  static double[] cumulative(double[] weights) {
    double[] until = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      until[i] = sum;
    }
    return until;
  }

  /** An index, drawn by weight. */
  static int pick(double[] cumulative, Random random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
  }

  /** A positive number whose logarithm is normal: half of them are below {@code median}. */
  static double logNormal(double median, double sigma, Random random) {
    return median * StrictMath.exp(sigma * random.nextGaussian());
  }

  /** Whether something of this probability happens. */
  static boolean is(double probability, Random random) {
    return random.nextDouble() < probability;
  }

  /** A seed from numbers: every bit of them matters. */
  static long seed(long... parts) {
    long h = 0;
    for (long part : parts) {
      h = (h ^ part) * 0x9E3779B97F4A7C15L;
      h ^= h >>> 32;
      h *= 0xD6E8FEB86659FD93L;
      h ^= h >>> 29;
    }
    return h;
  }
}
