package dev.tandem.core.decision;

/**
 * What is normal in some hours.
 *
 * @param expected the mean number of events, or of those of one kind minus those of another
 * @param spread as a standard deviation, at least that of a Poisson count
 */
public record Normal(double expected, double spread) {
  static final Normal NOTHING = new Normal(0, 0);

  public Normal {
    if (!Double.isFinite(expected) || !(spread >= 0)) {
      throw new IllegalArgumentException("expected " + expected + ", spread " + spread);
    }
  }

  /** Of the sum of two independent counts: variances add up. */
  Normal plus(Normal other) {
    return new Normal(expected + other.expected, Math.hypot(spread, other.spread));
  }

  /** Of the difference of two independent counts. */
  Normal minus(Normal other) {
    return new Normal(expected - other.expected, Math.hypot(spread, other.spread));
  }

  /** Whether {@code value} is at least so many spreads away. */
  boolean isBeyond(double value, double spreads) {
    return Math.abs(value - expected) >= spreads * spread;
  }

  /** With the expected number times {@code level} and the spread of such a count. */
  Normal at(double level) {
    return new Normal(expected * level, spread * Math.sqrt(level));
  }
}
