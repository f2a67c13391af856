package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.time.TimeRange;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Barriers that are not where their epoch's were, and logs that have lost theirs. */
class LostBarriersTest {
  private static final String MORNING = "2017-07-01T08:15:00-07:00";
  private static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  @TempDir Path stateDir;

  /**
   * As after starting over: the old barrier 3 still lies in the log, epoch 3 is of another life.
   */
  @Test
  void shouldRefuseABarrierThatLiesElsewhere() {
    try (TopologyHarness app = new TopologyHarness(stateDir)) {
      app.epochs.put(3L, ALL);
      app.barriers.put(3L, -1L);
      app.event("1", MORNING, "");
      app.barrier(3);
      app.event("2", MORNING, "");
      assertThat(app.board.ledger().counted()).isEqualTo(2);
      assertThat(app.board.ledger().rejected()).isEqualTo(1);
      assertThat(app.board.generation()).isZero();
    }
  }

  @Test
  void shouldTakeTheBarrierWhereItLies() {
    try (TopologyHarness app = new TopologyHarness(stateDir)) {
      app.epochs.put(3L, ALL);
      app.barriers.put(3L, 1L);
      app.event("1", MORNING, "");
      app.barrier(3);
      assertThat(app.board.generation()).isEqualTo(3);
    }
  }
}
