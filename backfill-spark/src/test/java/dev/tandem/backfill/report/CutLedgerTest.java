package dev.tandem.backfill.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.reconcile.Ledger;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CutLedgerTest {
  private static final Ledger RIGHT = new Ledger(10, 4, 3, 2, 1, 0);

  @Test
  void shouldBalanceWhenEveryEventOfTheLogIsAccountedFor() {
    CutLedger ledger = new CutLedger(Map.of(0, RIGHT, 1, RIGHT), 20);
    assertThat(ledger.balances()).isTrue();
    assertThat(ledger.total()).isEqualTo(new Ledger(20, 8, 6, 4, 2, 0));
  }

  @Test
  void shouldNameThePartitionInWhichEventsGotLost() {
    CutLedger ledger = new CutLedger(Map.of(0, RIGHT, 3, new Ledger(10, 4, 3, 2, 0, 0)), 20);
    assertThat(ledger.problem()).hasValueSatisfying(p -> assertThat(p).contains("partition 3"));
  }

  @Test
  void shouldNotLetOnePartitionMakeUpForAnother() {
    Ledger less = new Ledger(9, 4, 3, 2, 1, 0);
    Ledger more = new Ledger(11, 4, 3, 2, 1, 0);
    assertThat(new CutLedger(Map.of(0, less, 1, more), 20).balances()).isFalse();
  }

  @Test
  void shouldNoticeEventsThatTheAppNeverRead() {
    assertThat(new CutLedger(Map.of(0, RIGHT), 11).problem())
        .hasValue("the log has 11 events before the cut, and the app has read 10");
  }

  @Test
  void shouldBalanceWhenTheLogHasLostWhatTheAppHasRead() {
    assertThat(new CutLedger(Map.of(0, RIGHT), 7).balances()).isTrue();
  }
}
