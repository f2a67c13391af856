package dev.tandem.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RobustMeanTest {
  private static double mean(double... values) {
    return RobustMean.of(values).mean();
  }

  @Test
  void shouldBeThePlainMeanOfOrdinaryCounts() {
    assertThat(mean(2, 5, 3, 4, 6, 2, 3, 5)).isEqualTo(3.75);
    assertThat(mean()).isZero();
    assertThat(mean(7)).isEqualTo(7);
  }

  /** The median would say that nothing is to be expected. */
  @Test
  void shouldCountTheSingleEventOfAQuietHour() {
    assertThat(mean(0, 0, 1, 0, 0, 0, 2, 0)).isEqualTo(0.375);
  }

  @Test
  void shouldHardlyBeMovedByOneCountHoweverLargeItIs() {
    double far = mean(2, 5, 3, 4, 6, 2, 3, 60);
    assertThat(far).isBetween(3.5, 4.7);
    assertThat(mean(2, 5, 3, 4, 6, 2, 3, 6_000_000)).isCloseTo(far, within(1e-3));
  }

  /** A day without data says little of an hour with hundreds. */
  @Test
  void shouldHardlyBeMovedByOneCountThatIsMissing() {
    assertThat(mean(400, 390, 410, 405, 395, 0, 402, 398)).isBetween(385.0, 400.0);
  }

  @Test
  void shouldTakeCountsThatVaryAsTheyAre() {
    assertThat(mean(100, 300, 200, 400, 150, 350, 250, 250)).isEqualTo(250);
  }
}
