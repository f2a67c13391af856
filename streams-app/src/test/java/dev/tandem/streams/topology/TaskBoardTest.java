package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.reconcile.FirstHalfState;
import dev.tandem.core.reconcile.Ledger;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskBoardTest {
  private final TaskBoard board = new TaskBoard();

  private void log(int partition, Ledger ledger) {
    board.log(partition, new FirstHalfState(9, 0, 0, ledger, 0, 0, Map.of(), Ledger.ZERO));
  }

  /** In the sum of both partitions nothing is missing. */
  @Test
  void shouldNameThePartitionThatLostAnEvent() {
    log(0, new Ledger(5, 4, 0, 0, 1, 0));
    log(1, new Ledger(4, 4, 0, 0, 0, 0));
    assertThat(board.problem()).isEmpty();
    log(0, new Ledger(6, 4, 0, 0, 1, 0));
    log(1, new Ledger(4, 5, 0, 0, 0, 0));
    assertThat(board.ledger().balances()).isTrue();
    assertThat(board.problem())
        .hasValue(
            "partition 0: events lost: 1 (6 read = 4 counted + 0 claimed + 0 duplicate + 1 rejected"
                + " + 0 parked)");
    board.logClosed(0);
    assertThat(board.problem()).hasValueSatisfying(p -> assertThat(p).startsWith("partition 1"));
  }
}
