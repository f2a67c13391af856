package dev.tandem.streams.topology;

import static dev.tandem.streams.topology.TopologyHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.reconcile.ClaimEntry;
import dev.tandem.core.reconcile.Claims;
import dev.tandem.core.time.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdExpiryTest {
  private static final String MORNING = "2017-07-01T08:15:00-07:00";

  @TempDir Path stateDir;

  /** A repeat within the retention is dropped; one far beyond it counts again, as documented. */
  @Test
  void shouldForgetIdsOlderThanTheRetention() {
    try (TopologyHarness app = new TopologyHarness(stateDir, Optional.of(Duration.ofDays(30)))) {
      app.event("1", MORNING, "");
      app.later(Duration.ofDays(29));
      app.event("1", MORNING, "");
      assertThat(app.board.ledger().duplicate()).isEqualTo(1);
      app.later(Duration.ofDays(2));
      app.eventAppended(START.plus(Duration.ofDays(32)), "2", MORNING);
      app.later(Duration.ofDays(1));
      app.event("1", MORNING, "");
      assertThat(app.board.ledger().counted()).isEqualTo(3);
    }
  }

  /** A repeat would count twice if a clock that is years ahead had everything forgotten. */
  @Test
  void shouldRememberWhenOnlyThisMachinesClockOrOnlyTheBrokersIsAhead() {
    try (TopologyHarness app = new TopologyHarness(stateDir, Optional.of(Duration.ofDays(30)))) {
      app.event("1", MORNING, "");
      app.later(Duration.ofDays(4_000));
      app.event("1", MORNING, "");
      assertThat(app.board.ledger().duplicate()).isEqualTo(1);
    }
    try (TopologyHarness app =
        new TopologyHarness(stateDir.resolve("b"), Optional.of(Duration.ofDays(30)))) {
      app.event("1", MORNING, "");
      app.eventAppended(START.plus(Duration.ofDays(4_000)), "2", MORNING);
      app.later(Duration.ofDays(2));
      app.event("1", MORNING, "");
      assertThat(app.board.ledger().duplicate()).isEqualTo(1);
    }
  }

  @Test
  void shouldRememberForEverUnlessToldOtherwise() {
    try (TopologyHarness app = new TopologyHarness(stateDir)) {
      app.event("1", MORNING, "");
      app.later(Duration.ofDays(4_000));
      app.event("1", MORNING, "");
      assertThat(app.board.ledger().duplicate()).isEqualTo(1);
    }
  }

  /** Who says that nothing is ever repeated has repeats counted; what a batch claims holds. */
  @Test
  void shouldRememberOnlyClaimsWhenToldToRememberNothing() {
    try (TopologyHarness app = new TopologyHarness(stateDir, Optional.of(Duration.ZERO))) {
      app.event("1", MORNING, "");
      app.event("1", MORNING, "");
      assertThat(app.board.ledger().counted()).isEqualTo(2);
      app.epochs.put(1L, TimeRange.ALL);
      app.barrier(1);
      app.claim("1", Claims.NONE.plus(new ClaimEntry(1, true)));
      app.claimsEnd(1);
      app.event("1", MORNING, "");
      app.event("2", MORNING, "");
      app.later(Duration.ofSeconds(2));
      assertThat(app.board.ledger().claimed()).isEqualTo(1);
      assertThat(app.board.ledger().counted()).isEqualTo(3);
    }
  }
}
