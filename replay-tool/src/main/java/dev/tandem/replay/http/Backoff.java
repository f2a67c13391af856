package dev.tandem.replay.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long after each failure up to a cap, of which
 * the second half is left to chance, so that many who failed together do not come back together (<a
 * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">"equal
 * jitter"</a>). Not thread-safe.
 */
public final class Backoff {
  private final long firstMillis;
  private final long mostMillis;
  private final RandomGenerator chance;
  private long nextMillis;

  /**
   * @param first longest wait after the first failure
   * @param most longest wait ever; a shorter one than {@code first} takes its place
   */
  public Backoff(Duration first, Duration most, RandomGenerator chance) {
    this.mostMillis = Math.max(1, most.toMillis());
    this.firstMillis = Math.min(Math.max(1, first.toMillis()), mostMillis);
    this.chance = chance;
    this.nextMillis = firstMillis;
  }

  /** The wait after one more failure. */
  public Duration next() {
    long millis = nextMillis;
    nextMillis = Math.min(mostMillis, 2 * millis);
    return Duration.ofMillis(millis / 2 + chance.nextLong(millis - millis / 2 + 1));
  }

  /** It worked: the next failure is a first one. */
  public void reset() {
    nextMillis = firstMillis;
  }
}
