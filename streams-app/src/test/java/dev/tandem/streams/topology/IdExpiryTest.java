package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

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
      app.later(Duration.ofDays(3));
      app.event("1", MORNING, "");
      assertThat(app.board.ledger().counted()).isEqualTo(2);
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
}
