package dev.tandem.core.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.reconcile.FirstHalfState;
import dev.tandem.core.reconcile.Ledger;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every way in which an event can get lost is told, with its partition. */
class LedgerCheckTest {
  private static final Ledger BALANCED = new Ledger(10, 4, 3, 2, 1, 0);

  /** Behind 10 events and 2 barriers, with 5 transaction markers between. */
  private static FirstHalfState state(Ledger ledger) {
    return new FirstHalfState(17, 2, 2, ledger, 2, 0, Map.of(), ledger);
  }

  @Test
  void shouldSayThatAllBalances() {
    LedgerCheck check =
        new LedgerCheck(Map.of(0, state(BALANCED), 1, state(BALANCED)), Map.of(0, 12L, 1, 12L));
    assertThat(check.balances()).isTrue();
    assertThat(check.line())
        .isEqualTo(
            "20 read = 8 counted + 6 claimed + 4 duplicate + 2 rejected + 0 parked; balanced, the"
                + " log counted again has as many");
  }

  /** In the sum of both partitions nothing is missing. */
  @Test
  void shouldNameThePartitionThatLostAnEventAndTheOneWithOneTooMany() {
    LedgerCheck check =
        new LedgerCheck(
            Map.of(0, state(new Ledger(11, 4, 3, 2, 1, 0)), 1, state(new Ledger(9, 4, 3, 2, 1, 0))),
            Map.of());
    assertThat(check.total().balances()).isTrue();
    assertThat(check.balances()).isFalse();
    assertThat(check.problems())
        .satisfiesExactly(
            p -> assertThat(p).startsWith("partition 0: events lost: 1 (11 read"),
            p -> assertThat(p).startsWith("partition 1: events more than were read: 1"));
    assertThat(check.line()).contains("DOES NOT BALANCE");
  }

  /** What never came in cannot be seen in the sum. */
  @Test
  void shouldSayThatTheLogHasMoreThanWasRead() {
    LedgerCheck check = new LedgerCheck(Map.of(3, state(BALANCED)), Map.of(3, 13L));
    assertThat(check.problems())
        .containsExactly(
            "partition 3: the log has 13 records before offset 17, the app has read 12");
  }

  @Test
  void shouldSayThatNothingIsKnown() {
    assertThat(new LedgerCheck(Map.of(), Map.of()).line()).contains("not committed anything");
  }
}
