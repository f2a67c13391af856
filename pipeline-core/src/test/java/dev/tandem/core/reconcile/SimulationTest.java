package dev.tandem.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
  /**
   * How many histories the ordinary test plays; {@code -Dtandem.simulation.histories=N} plays more.
   */
  private static final long HISTORIES = Long.getLong("tandem.simulation.histories", 20_000);

  private static final long FIRST = Long.getLong("tandem.simulation.seed", 0);

  @Test
  void shouldServeEveryEventExactlyOnceInEveryHistory() {
    List<String> broken = play(HISTORIES, Simulation.Fault.NONE, 5);
    assertThat(broken).as("failing seeds, of %d histories", HISTORIES).isEmpty();
  }

  /** A simulation that finds no planted fault proves nothing. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void shouldFindEveryPlantedFault(Simulation.Fault fault) {
    assertThat(play(60_000, fault, 1)).isNotEmpty();
  }

  private static List<String> play(long histories, Simulation.Fault fault, int failures) {
    return LongStream.range(FIRST, FIRST + histories)
        .parallel()
        .mapToObj(seed -> Simulation.play(seed, fault).orElse(null))
        .filter(Objects::nonNull)
        .limit(failures)
        .toList();
  }
}
