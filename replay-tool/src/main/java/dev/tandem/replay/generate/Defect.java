package dev.tandem.replay.generate;

/** What can be wrong with a trip that is not blank, about as often as in the real files. */
enum Defect {
  NONE,
  /** No {@code Duration}. */
  NO_DURATION,
  /** Ends before it starts. */
  ENDS_EARLY,
  /** Ends on 1/5/2080, after more than half a million hours. */
  STUCK_CLOCK,
  /** Thousands of miles. */
  FAR;

  /** Of the {@code n}-th trip of a history, from 0; all of them are among the first hundred. */
  static Defect of(long n) {
    if (n % 30_000 == 70) {
      return FAR;
    } else if (n % 25_000 == 50) {
      return STUCK_CLOCK;
    } else if (n % 430 == 30) {
      return ENDS_EARLY;
    } else if (n % 250 == 10) {
      return NO_DURATION;
    }
    return NONE;
  }
}
