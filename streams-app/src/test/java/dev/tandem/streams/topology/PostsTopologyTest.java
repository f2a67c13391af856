package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A post counts once in each of its distinct hashtags and words, which no event holds. */
class PostsTopologyTest {
  private static final String HOUR = "2021-07-06T16:00:00Z";

  @TempDir Path stateDir;

  @Test
  void shouldCountAPostInEachOfItsHashtagsAndWords() {
    try (TopologyHarness app = new TopologyHarness(stateDir, "posts")) {
      post(app, "1", "\"text\":\"#Rain, RAIN! \u0635\u0628\u0627\u062d\"");
      post(
          app, "2", "\"text\":\"rain \u2026\",\"hashtag\":[\"Snow\",\"SNOW\"],\"word\":[\"sent\"]");
      post(app, "3", "\"text\":null");
      post(app, "3", "\"text\":\"again\"");
      app.later(TopologyHarness.FLUSH);
      Map<String, Integer> posts = new HashMap<>();
      for (Map.Entry<String, JsonNode> row : app.published().entrySet()) {
        posts.put(row.getKey(), row.getValue().get("posts").intValue());
      }
      assertThat(posts)
          .isEqualTo(
              Map.of(
                  "posts_by_minute 2021-07-06T16:04:00Z {}",
                  3,
                  "hashtags_hourly " + HOUR + " {\"hashtag\":\"rain\"}",
                  1,
                  "hashtags_hourly " + HOUR + " {\"hashtag\":\"snow\"}",
                  1,
                  "words_hourly " + HOUR + " {\"word\":\"rain\"}",
                  2,
                  "words_hourly " + HOUR + " {\"word\":\"\u0635\u0628\u0627\u062d\"}",
                  1));
    }
  }

  private static void post(TopologyHarness app, String id, String more) {
    String value = "{\"post_id\":\"%s\",\"created_at\":\"2021-07-06T16:04:47Z\",%s}";
    app.log(
        TopologyHarness.utf8(id),
        TopologyHarness.utf8(value.formatted(id, more)),
        new RecordHeaders());
  }
}
