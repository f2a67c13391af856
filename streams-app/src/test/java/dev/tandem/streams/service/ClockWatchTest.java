package dev.tandem.streams.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private final AtomicLong wall = new AtomicLong(1_000_000);
  private final AtomicLong nanos = new AtomicLong();
  private final ClockWatch watch = new ClockWatch(wall::get, nanos::get);

  private void pass(long wallMillis, long millis) {
    wall.addAndGet(wallMillis);
    nanos.addAndGet(millis * 1_000_000);
  }

  @Test
  void shouldStopWhenTheClockIsSetBack() {
    pass(2_000 - 3_600_000, 2_000);
    assertThat(watch.look().orElseThrow()).hasMessageContaining("set back by 3600 s");
  }

  @Test
  void shouldGoOnWhenItIsSetForwardOrCorrectedALittle() {
    pass(2_000, 2_000);
    assertThat(watch.look()).isEmpty();
    pass(2_000 - 5_000, 2_000);
    assertThat(watch.look()).isEmpty();
    pass(2_000 + 365L * 86_400_000, 2_000);
    assertThat(watch.look()).isEmpty();
    pass(2_000, 2_000);
    assertThat(watch.look()).isEmpty();
  }

  /** A machine that slept, or a process that was stopped: both clocks may count that or not. */
  @Test
  void shouldGoOnAfterAPause() {
    pass(600_000, 600_000);
    assertThat(watch.look()).isEmpty();
    pass(600_000, 0);
    assertThat(watch.look()).isEmpty();
  }
}
