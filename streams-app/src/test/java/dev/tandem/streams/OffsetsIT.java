package dev.tandem.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Offsets that are forgotten or moved, and records that are gone, never count anything wrongly. */
@Timeout(600)
class OffsetsIT {
  @TempDir Path dir;
  private FaultySystem system;

  @BeforeEach
  void start() throws Exception {
    system = new FaultySystem(dir);
    system.up();
    system.trips.send(1_000);
    system.awaitExact();
  }

  @AfterEach
  void stop() throws Exception {
    system.close();
  }

  /** Kafka forgets the offsets of a group that nobody used for a week. */
  @Test
  void shouldPassOverWhatIsCountedWhenItsOffsetsAreForgotten() throws Exception {
    system.down();
    system.forgetOffsets();
    system.trips.send(300);
    system.up();
    system.awaitExact();
    assertThat(system.ledger().read()).isEqualTo(system.trips.sent());
  }

  /** By kafka-consumer-groups, for example: everything comes again, and nothing counts again. */
  @Test
  void shouldPassOverWhatIsCountedWhenOffsetsAreSetBack() throws Exception {
    system.down();
    for (String topic :
        List.of(
            FaultySystem.TOPICS.events(),
            FaultySystem.TOPICS.claims(),
            FaultySystem.TOPICS.partials())) {
      system.moveOffsets(topic, -50);
    }
    system.trips.send(100);
    system.up();
    system.awaitExact();
    assertThat(system.ledger().read()).isEqualTo(system.trips.sent());
  }

  @Test
  void shouldRefuseOffsetsThatWereSetBeyondEventsAndRebuild() throws Exception {
    system.down();
    system.trips.send(400);
    system.moveOffsets(FaultySystem.TOPICS.events(), 40);
    assertThat(system.refused()).contains("state of biketown is older than its offsets");
    system.rebuild(false);
    system.up();
    system.awaitExact();
  }

  /** Retention, or someone, deletes what a stopped app has not read yet. */
  @Test
  void shouldRefuseToPassOverEventsThatAreGoneAndGoOnWhenTold() throws Exception {
    system.down();
    system.trips.send(400);
    system.deleteRecords(FaultySystem.TOPICS.events());
    assertThat(system.refused()).contains("biketown.events", "lost offsets", "--source files");
    system.rebuild(false);
    system.up();
    system.trips.sendAllAgain();
    system.awaitExact();
  }

  /** Kafka Streams deletes what its own topics handed over, transaction markers too. */
  @Test
  void shouldGoOnWhereStreamsHasDeletedWhatIsTaken() throws Exception {
    system.down();
    system.deleteRecords(FaultySystem.TOPICS.partials());
    system.deleteRecords(FaultySystem.TOPICS.signals());
    system.trips.send(400);
    system.up();
    system.awaitExact();
  }
}
