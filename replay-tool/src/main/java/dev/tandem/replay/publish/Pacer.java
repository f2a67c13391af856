package dev.tandem.replay.publish;

import java.util.OptionalDouble;

/**
 * Says when a record is due: history passes at a speed, and no more than a rate of records. Times
 * are nanoseconds of one clock; not thread-safe.
 */
final class Pacer {
  private static final double SECOND = 1e9;

  /** What a standstill may be made up for by a burst. */
  private static final double BURST = SECOND;

  private final OptionalDouble speed;
  private final OptionalDouble rate;
  private boolean started;
  private long firstEvent;
  private long firstNow;
  private OptionalDouble nextByRate = OptionalDouble.empty();

  /**
   * @param speed seconds of history in a second; empty: as fast as it goes
   * @param rate records in a second; empty: as many as can be
   */
  Pacer(OptionalDouble speed, OptionalDouble rate) {
    this.speed = speed;
    this.rate = rate;
  }

  /** Nanoseconds until a record is due that has no event time. */
  long nanosUntilDue(long now) {
    return nextByRate.isEmpty() ? 0 : (long) Math.max(0, Math.ceil(nextByRate.getAsDouble() - now));
  }

  /**
   * Nanoseconds until an event is due. The first one is due at once; those that come out of order
   * are due when the later ones before them were.
   *
   * @param eventTime milliseconds
   */
  long nanosUntilDue(long eventTime, long now) {
    return Math.max(nanosUntilDue(now), waitBySpeed(eventTime, now));
  }

  private long waitBySpeed(long eventTime, long now) {
    if (speed.isEmpty()) {
      return 0;
    }
    if (!started) {
      started = true;
      firstEvent = eventTime;
      firstNow = now;
    }
    double due = (eventTime - firstEvent) * 1e6 / speed.getAsDouble() - (now - firstNow);
    return (long) Math.max(0, Math.ceil(due));
  }

  /** A record went out. */
  void passed(long now) {
    if (rate.isPresent()) {
      double due = Math.max(nextByRate.orElse(now), now - BURST);
      nextByRate = OptionalDouble.of(due + SECOND / rate.getAsDouble());
    }
  }
}
