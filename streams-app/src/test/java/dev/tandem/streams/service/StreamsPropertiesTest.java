package dev.tandem.streams.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.config.Settings;
import dev.tandem.core.kafka.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsPropertiesTest {
  @TempDir Path dir;

  @Test
  void shouldReplicateTheAppsTopicsLikeThePipelines() {
    assertThat(properties(Map.of("topics.replication", "3")))
        .containsEntry("replication.factor", 3)
        .containsEntry("topic.min.insync.replicas", "2");
    assertThat(properties(Map.of()))
        .doesNotContainKeys("replication.factor", "topic.min.insync.replicas");
  }

  @Test
  void shouldLetTheUsersOwnPropertyWin() {
    assertThat(properties(Map.of("topics.replication", "3", "streams.replication.factor", "5")))
        .containsEntry("replication.factor", "5");
  }

  @Test
  void shouldNameInstancesByTheirFolder() {
    Object one = properties(Map.of("state.dir", "one")).get("consumer.group.instance.id");
    Object two = properties(Map.of("state.dir", "two")).get("consumer.group.instance.id");
    assertThat(one).isNotNull().isNotEqualTo(two);
    assertThat(properties(Map.of("state.dir", "one")))
        .as("the same after a restart")
        .containsEntry("consumer.group.instance.id", one);
  }

  private Properties properties(Map<String, String> flags) {
    return StreamsProperties.of(
        Settings.load(dir, dir, flags, Map.of()), new Topics("trips"), "localhost:1");
  }
}
