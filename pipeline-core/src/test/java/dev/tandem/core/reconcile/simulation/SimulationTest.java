package dev.tandem.core.reconcile.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.reconcile.simulation.Simulation.Failure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
  /**
   * How many histories the ordinary test plays; {@code -Dtandem.simulation.histories=N} plays more.
   */
  private static final long HISTORIES = Long.getLong("tandem.simulation.histories", 20_000);

  /** The seed of the first, {@code -Dtandem.simulation.seed=N}. */
  private static final long FIRST = Long.getLong("tandem.simulation.seed", 0);

  /** Within so many histories every planted fault must be found. */
  private static final long ENOUGH = 20_000;

  private static final int BLOCK = 500;

  @Test
  void shouldServeEveryEventExactlyOnceInEveryHistory() {
    List<Failure> broken =
        LongStream.range(FIRST, FIRST + HISTORIES)
            .parallel()
            .filter(seed -> Simulation.fails(seed, Fault.NONE))
            .limit(3)
            .mapToObj(seed -> Simulation.play(seed, Fault.NONE))
            .flatMap(Optional::stream)
            .toList();
    assertThat(broken).as("failing seeds, of %d histories", HISTORIES).isEmpty();
  }

  /** Seeds whose histories once failed, and what was wrong then. */
  @ParameterizedTest(name = "{0}: seed {1}")
  @CsvSource({
    "a claim hid a trip from a definition that its run did not compute, 433",
    "a definition came back to a task that had dropped its corrections, 129",
    "a query saw a row that knew of a commit the query did not know of, 8687",
  })
  void shouldKeepPromisesThatWereBrokenOnce(String what, long seed) {
    assertThat(Simulation.play(seed, Fault.NONE)).as(what).isEmpty();
  }

  /** A simulation that finds no planted fault proves nothing. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void shouldFindEveryPlantedFault(Fault fault) {
    OptionalLong seed = firstFailure(fault);
    System.out.printf(
        "%-20s %s%n",
        fault, seed.isPresent() ? "found by history " + seed.getAsLong() : "not found");
    assertThat(seed).as("first of %d histories that finds %s", ENOUGH, fault).isPresent();
  }

  private static OptionalLong firstFailure(Fault fault) {
    for (long from = 0; from < ENOUGH; from += BLOCK) {
      OptionalLong found =
          LongStream.range(from, from + BLOCK)
              .parallel()
              .filter(seed -> Simulation.fails(seed, fault))
              .min();
      if (found.isPresent()) {
        return found;
      }
    }
    return OptionalLong.empty();
  }
}
