package dev.tandem.streams.service;

import dev.tandem.core.TandemException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Notices that the machine's clock was set back. Kafka's clients time heartbeats, commits and
 * retries by it and do nothing until it has come to where it was: an hour back is an hour of
 * standstill. (Set forward, they do everything at once, and recover.) Not thread-safe.
 */
final class ClockWatch {
  private static final Duration TOLERATED = Duration.ofSeconds(10);

  private final LongSupplier wallMillis;
  private final LongSupplier nanos;
  private long lead;

  ClockWatch() {
    this(System::currentTimeMillis, System::nanoTime);
  }

  /**
   * @param nanos a clock that is never set
   */
  ClockWatch(LongSupplier wallMillis, LongSupplier nanos) {
    this.wallMillis = wallMillis;
    this.nanos = nanos;
    this.lead = lead();
  }

  private long lead() {
    return wallMillis.getAsLong() - nanos.getAsLong() / 1_000_000;
  }

  /** What to say when it was set back since the last look, by more than clocks are corrected. */
  Optional<TandemException> look() {
    long before = lead;
    lead = lead();
    long back = before - lead;
    if (back < TOLERATED.toMillis()) {
      return Optional.empty();
    }
    return Optional.of(
        TandemException.failed(
            "the clock of this machine was set back by %d s, and Kafka's clients stand still for so long: start the app again, it goes on from its last commit"
                .formatted(back / 1000)));
  }
}
