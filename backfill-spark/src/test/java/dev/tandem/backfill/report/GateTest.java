package dev.tandem.backfill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class GateTest {
  private final Gate gate = new Gate(BigDecimal.TEN);

  @Test
  void shouldLetPassWhatIsAtTheLimit() {
    assertThat(gate.allows(new RowCounts(90, 6, 0, 4))).isTrue();
    gate.check("run 1", new RowCounts(90, 6, 0, 4));
  }

  @Test
  void shouldNameThePercentageAndTheRemedyWhenMoreWouldChange() {
    assertThatThrownBy(() -> gate.check("run 12", new RowCounts(69, 30, 1000, 1)))
        .isInstanceOf(TandemException.class)
        .hasMessage(
            "Cannot publish run 12: 31% of rows in range would change (limit 10%): rerun with"
                + " --max-change 31% or look with --dry-run");
  }

  @Test
  void shouldNameAPercentageThatIsEnoughWhenItIsNotWhole() {
    RowCounts rows = new RowCounts(2, 1, 0, 0);
    assertThatThrownBy(() -> gate.check("run 1", rows))
        .hasMessageContaining("33.4% of rows")
        .hasMessageContaining("--max-change 34%");
    assertThat(new Gate(BigDecimal.valueOf(34)).allows(rows)).isTrue();
  }

  @Test
  void shouldNotCountNewRows() {
    assertThat(gate.allows(new RowCounts(0, 0, 1_000_000, 0))).isTrue();
    assertThat(gate.allows(new RowCounts(1, 0, 1_000_000, 0))).isTrue();
  }

  @Test
  void shouldAllowWhatAnUndoneRunChangedAndTheLimitBeyond() {
    Gate undo = gate.beyond(50);
    assertThat(undo.allows(new RowCounts(40, 50, 0, 10))).isTrue();
    RowCounts more = new RowCounts(39, 50, 0, 11);
    assertThat(undo.allows(more)).isFalse();
    assertThatThrownBy(() -> undo.check("run 3", more))
        .hasMessageContaining("11% of rows in range would change beyond the 50 that the undone run")
        .hasMessageContaining("--max-change 11%");
  }

  @Test
  void shouldAllowNoChangeAtAllWhenTheLimitIsZero() {
    assertThat(new Gate(BigDecimal.ZERO).allows(new RowCounts(1_000_000, 1, 0, 0))).isFalse();
    assertThat(new Gate(BigDecimal.ZERO).allows(new RowCounts(1_000_000, 0, 5, 0))).isTrue();
  }
}
