package dev.tandem.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class WaitsTest {
  private static final long MS = 1_000_000;

  private final Waits waits = new Waits();

  @Test
  void shouldEndTheWaitOfAllEventsThatARowCounts() {
    waits.published("a", 0, true);
    waits.published("a", 10 * MS, true);
    waits.published("a", 20 * MS, true);
    waits.published("b", 20 * MS, true);
    waits.seen("a", 2, 100 * MS);
    assertThat(waits.open()).isEqualTo(2);
    waits.seen("a", 3, 120 * MS);
    waits.seen("b", 1, 420 * MS);
    assertThat(waits.open()).isZero();
    assertThat(waits.figures())
        .containsEntry("p50_ms", 100.0)
        .containsEntry("p99_ms", 400.0)
        .containsEntry("max_ms", 400.0);
  }

  @Test
  void shouldNotCountTheWarmUp() {
    waits.published("a", 0, false);
    waits.published("a", 10 * MS, true);
    waits.seen("a", 1, 1_000 * MS);
    waits.seen("a", 2, 1_010 * MS);
    assertThat(waits.figures()).containsEntry("p50_ms", 1_000.0).containsEntry("max_ms", 1_000.0);
  }

  @Test
  void shouldTakeAnOlderValueOfARowForWhatItIs() {
    waits.published("a", 0, true);
    waits.published("a", 0, true);
    waits.seen("a", 2, 7 * MS);
    waits.seen("a", 1, 9 * MS);
    assertThat(waits.open()).isZero();
    assertThat(waits.figures()).containsEntry("max_ms", 7.0);
  }

  @Test
  void shouldRefuseARowThatCountsMoreThanWasPublished() {
    waits.published("a", 0, true);
    assertThatIllegalStateException().isThrownBy(() -> waits.seen("a", 2, MS));
    assertThatIllegalStateException().isThrownBy(() -> waits.seen("b", 1, MS));
  }
}
