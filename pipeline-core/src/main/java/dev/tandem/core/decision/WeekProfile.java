package dev.tandem.core.decision;

/** What is normal of one subject in each hour of a week. Immutable. */
public final class WeekProfile {
  private final double[] expected;
  private final double[] spread;

  /**
   * @param expected 168 means, midnight of Monday first
   * @param spread as many standard deviations
   */
  public WeekProfile(double[] expected, double[] spread) {
    if (expected.length != Hours.OF_WEEK || spread.length != Hours.OF_WEEK) {
      throw new IllegalArgumentException(
          "a week has 168 hours, not " + expected.length + " and " + spread.length);
    }
    this.expected = expected.clone();
    this.spread = spread.clone();
  }

  /**
   * @param hourOfWeek from 0 to 167
   */
  public Normal at(int hourOfWeek) {
    return new Normal(expected[hourOfWeek], spread[hourOfWeek]);
  }

  /** The 168 means. */
  public double[] expected() {
    return expected.clone();
  }

  /** The 168 standard deviations. */
  public double[] spread() {
    return spread.clone();
  }
}
