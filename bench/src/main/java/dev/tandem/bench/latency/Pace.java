package dev.tandem.bench.latency;

import dev.tandem.core.TandemException;
import java.util.Locale;

/**
 * How events are published: one after the other, evenly.
 *
 * @param rate events a second
 * @param warmUpSeconds of the load before anything counts
 * @param seconds that count
 */
public record Pace(int rate, int warmUpSeconds, int seconds) {

  /** Checks the numbers. */
  public Pace {
    if (rate < 1 || warmUpSeconds < 0 || seconds < 1) {
      throw TandemException.wrongUse(
          "--rate %d --warm-up %d --seconds %d: give a rate and seconds of 1 or more"
              .formatted(rate, warmUpSeconds, seconds));
    }
  }

  /** For people and results. */
  String text() {
    return String.format(
        Locale.ROOT, "%,d events/s for %d s after %d s", rate, seconds, warmUpSeconds);
  }

  long events() {
    return (long) rate * (warmUpSeconds + seconds);
  }

  /** Events that come before those that count. */
  long warmUpEvents() {
    return (long) rate * warmUpSeconds;
  }

  /** When an event is due, nanoseconds after the first one. */
  long due(long event) {
    return event * 1_000_000_000L / rate;
  }
}
