package dev.tandem.streams.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.config.Problems;
import dev.tandem.core.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsPropertiesCheckTest {

  @TempDir Path dir;

  @Test
  void shouldAcceptWhatStreamsAndItsClientsKnow() throws Exception {
    assertThat(
            problems(
                "num.standby.replicas=1",
                "main.consumer.max.poll.records=10",
                "producer.linger.ms=3",
                "topic.retention.ms=1",
                "max.poll.records=5",
                "a.plugin.of.ours=x"))
        .isEmpty();
  }

  @Test
  void shouldNameNearestNameAndExpectationAndWhatIsFixed() throws Exception {
    List<String> problems =
        problems(
            "num.standby.replica=1",
            "main.consumer.max.poll.recrds=1",
            "num.standby.replicas=one",
            "processing.guarantee=at_least_once");
    assertThat(problems)
        .hasSize(4)
        .anyMatch(p -> p.contains(":1: num.standby.replica: no such") && p.contains("replicas?)"))
        .anyMatch(p -> p.contains(":2: max.poll.recrds") && p.contains("max.poll.records?)"))
        .anyMatch(p -> p.contains(":3: num.standby.replicas = 'one': Not a number"))
        .anyMatch(p -> p.contains(":4: processing.guarantee is fixed"));
  }

  private List<String> problems(String... lines) throws Exception {
    Files.write(dir.resolve("streams.properties"), List.of(lines));
    Problems problems = new Problems();
    StreamsPropertiesCheck.check(Settings.load(dir, dir, Map.of(), Map.of()), problems);
    return problems.lines();
  }
}
