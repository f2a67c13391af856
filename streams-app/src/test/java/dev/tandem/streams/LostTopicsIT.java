package dev.tandem.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.kafka.TopicAdmin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Topics that are deleted, under the running app and while it is down: it stops and says what to
 * do, and that leads back to exact rows.
 */
@Timeout(600)
class LostTopicsIT {
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

  @Test
  void shouldRefuseAStartWithoutAChangelogAndRebuild() throws Exception {
    for (String store : List.of("event-ids", "rows")) {
      system.down();
      system.delete(FaultySystem.TOPICS.changelog(store));
      assertThat(system.refused())
          .contains("state of biketown is lost", store, "./tandem up -p biketown --rebuild");
      system.trips.send(500);
      system.rebuild(false);
      system.up();
      system.awaitExact();
    }
  }

  /** Made anew with the same settings it looks as before, but holds nothing. */
  @Test
  void shouldRefuseAStartWithAChangelogThatWasMadeAnew() throws Exception {
    system.down();
    String changelog = FaultySystem.TOPICS.changelog("event-ids");
    system.delete(changelog);
    system
        .admin
        .createTopics(
            List.of(
                new NewTopic(changelog, Optional.of(4), Optional.empty())
                    .configs(Map.of("cleanup.policy", "compact"))))
        .all()
        .get();
    assertThat(system.refused(system.settings(dir.resolve("elsewhere"))))
        .contains(changelog + " was deleted and made anew", "--rebuild");
    system.rebuild(false);
    system.up();
    system.awaitExact();
  }

  @Test
  void shouldStopWhenAnInternalTopicOrTheRowsAreDeletedUnderIt() throws Exception {
    for (String topic : List.of(FaultySystem.TOPICS.partials(), FaultySystem.TOPICS.aggregates())) {
      system.trips.send(2_000);
      system.delete(topic);
      assertThat(system.stopped()).contains(topic + " was deleted", "--rebuild");
      system.rebuild(false);
      if (topic.equals(FaultySystem.TOPICS.aggregates())) {
        new TopicAdmin(system.admin, FaultySystem.TOPICS).create(4);
      }
      system.up();
      system.awaitExact();
    }
  }

  @Test
  void shouldStartOverWhenTheEventsAreDeletedUnderIt() throws Exception {
    system.delete(FaultySystem.TOPICS.events());
    assertThat(system.stopped())
        .contains("topic biketown.events was deleted", "--start-over", "replay");
    system.rebuild(true);
    system.up();
    system.trips.sendAllAgain();
    system.awaitExact();
  }

  /** What was rejected is gone with its topic; what is served does not depend on it. */
  @Test
  void shouldGoOnWhenAnOutputThatNothingRestsOnIsMadeAgain() throws Exception {
    for (String topic :
        List.of(FaultySystem.TOPICS.rejected(), FaultySystem.TOPICS.acknowledgements())) {
      system.delete(topic);
      assertThat(system.stopped())
          .contains(topic + " was deleted", "./tandem topics create -p biketown");
      new TopicAdmin(system.admin, FaultySystem.TOPICS).create(4);
      system.trips.send(200);
      system.up();
      system.awaitExact();
    }
    assertThat(system.acknowledgements()).isEqualTo(4);
  }

  @Test
  void shouldStopWhenSomeoneAddsPartitions() throws Exception {
    system
        .admin
        .createPartitions(Map.of(FaultySystem.TOPICS.events(), NewPartitions.increaseTo(5)))
        .all()
        .get();
    assertThat(system.stopped()).contains("biketown.events", "5 partitions", "4");
    assertThat(system.refused()).contains("has 5 partitions, must have 4");
  }
}
