package dev.tandem.replay.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @Test
  void shouldNeverWaitWithoutSpeedAndRate() {
    Pacer pacer = new Pacer(NONE, NONE);
    assertThat(pacer.nanosUntilDue(5_000, 7)).isZero();
    pacer.passed(7);
    assertThat(pacer.nanosUntilDue(900_000_000, 8)).isZero();
  }

  @Test
  void shouldLetAnHourOfHistoryPassInASecondAtSpeed3600() {
    Pacer pacer = new Pacer(OptionalDouble.of(3_600), NONE);
    long start = 42 * SECOND;
    assertThat(pacer.nanosUntilDue(1_000_000, start)).as("first").isZero();
    assertThat(pacer.nanosUntilDue(1_000_000 + 3_600_000, start)).isEqualTo(SECOND);
    assertThat(pacer.nanosUntilDue(1_000_000 + 3_600_000, start + SECOND / 4))
        .isEqualTo(3 * SECOND / 4);
    assertThat(pacer.nanosUntilDue(1_000_000 + 3_600_000, start + 2 * SECOND)).isZero();
    assertThat(pacer.nanosUntilDue(500, start)).as("out of order").isZero();
  }

  @Test
  void shouldSpreadRecordsAtARate() {
    Pacer pacer = new Pacer(NONE, OptionalDouble.of(10));
    long now = 100 * SECOND;
    int passed = 0;
    for (long at = now; at < now + 10 * SECOND; at += SECOND / 1_000) {
      while (pacer.nanosUntilDue(at) == 0) {
        pacer.passed(at);
        passed++;
      }
    }
    assertThat(passed).isBetween(99, 101);
  }

  @Test
  void shouldMakeUpForAStandstillByNoMoreThanASecondsWorth() {
    Pacer pacer = new Pacer(NONE, OptionalDouble.of(1_000));
    pacer.passed(0);
    long later = 3_600 * SECOND;
    int burst = 0;
    while (pacer.nanosUntilDue(later) == 0) {
      pacer.passed(later);
      burst++;
    }
    assertThat(burst).isBetween(1_000, 1_001);
  }

  @Test
  void shouldHoldBothSpeedAndRate() {
    Pacer pacer = new Pacer(OptionalDouble.of(1), OptionalDouble.of(1_000));
    for (int i = 0; i < 1_001; i++) {
      pacer.nanosUntilDue(0, 0);
      pacer.passed(0);
    }
    assertThat(pacer.nanosUntilDue(0, 0)).as("rate").isBetween(SECOND, 2 * SECOND);
    assertThat(pacer.nanosUntilDue(5_000, 0)).as("speed").isEqualTo(5 * SECOND);
  }
}
