package dev.tandem.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void shouldTakeTheMiddleWhenRunsAreOdd() {
    assertThat(Figures.of(9, 1, 5)).isEqualTo(new Figures(3, 5, 1, 9));
  }

  @Test
  void shouldTakeTheMeanOfTheMiddleTwoWhenRunsAreEven() {
    assertThat(Figures.of(8, 1, 5, 4).median()).isEqualTo(4.5);
  }

  @Test
  void shouldSayHowFarRunsLieApart() {
    assertThat(Figures.of(90, 100, 115).spread()).isEqualTo(0.25);
    assertThat(Figures.of(0, 0).spread()).isZero();
  }

  @Test
  void shouldRefuseNoRuns() {
    assertThatIllegalArgumentException().isThrownBy(() -> Figures.of(List.of()));
  }
}
