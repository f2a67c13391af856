package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.reconcile.EndMarker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two backfills at once, with different files: the second takes over. */
class ConcurrentBackfillsIT {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void shouldEndTheFirstWithoutATraceWhenASecondStarts() throws Exception {
    Path live = SampleFiles.write(folder, "live.csv", "2017_07", i -> i % 32 == 0);
    Path wrong = SampleFiles.write(folder, "wrong.csv", "2017_07", i -> i % 16 == 1);
    Path right = SampleFiles.write(folder, "right.csv", "2017_07", i -> i % 16 == 2);
    try (TestSystem system = new TestSystem(folder, "biketown")) {
      system.run(0, "replay", live.toString());
      // Neither comes to publish anything while the app is away.
      system.app().kill();
      try (TandemProcess first = backfill(system, wrong)) {
        first.await("Waiting until the app has counted everything before the cut", LONG);
        try (TandemProcess second = backfill(system, right)) {
          second.await("Waiting until the app has counted everything before the cut", LONG);
          system.startApp();
          assertThat(first.join(LONG)).as(first.output()).isEqualTo(1);
          assertThat(first.output())
              .contains(
                  "another backfill of biketown took over: this one ends here, nothing of it is"
                      + " visible");
          assertThat(second.join(LONG)).as(second.output()).isZero();
        }
      }
      assertThat(corrections(system.bootstrap())).containsExactly(2L);
      JsonNode run = new ObjectMapper().readTree(system.get("/api/v1/biketown/runs/1"));
      assertThat(run.path("state").asText()).as("%s", run).isNotEqualTo("committed");
      // The wrong file's events were claimed by a run that never was: when they come, they count.
      Commands commands = Commands.biketown(system.bootstrap(), "ack.timeout=240s");
      Exact.assertRows(commands, system.bootstrap(), List.of(live, right), "--source", "both");
      system.run(0, "replay", wrong.toString());
      Exact.assertRows(commands, system.bootstrap(), List.of(live, wrong, right));
    }
  }

  private static TandemProcess backfill(TestSystem system, Path file) {
    return system.start("backfill", "--max-change", "100%", "--files", file.toString());
  }

  /** Runs of which a reader of committed records sees corrections. */
  private static Set<Long> corrections(String bootstrap) {
    Set<Long> epochs = new TreeSet<>();
    try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", bootstrap))) {
      reader.readAll(
          "biketown.corrections", record -> EndMarker.epoch(record.key()).ifPresent(epochs::add));
    }
    return epochs;
  }
}
