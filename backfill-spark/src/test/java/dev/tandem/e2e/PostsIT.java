package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published posts, sent through standard input as a live source does: what is served is what
 * the batch recomputes, what DuckDB's SQL says and, for words, what Spark's SQL says.
 */
class PostsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void shouldServeWhatDuckDbAndSparkComputeFromTheSamePosts(@TempDir Path folder) throws Exception {
    Path file = RealFiles.folder("posts").resolve("tweets-2021-07-06.jsonl.gz");
    List<String> posts = lines(file);
    assertThat(posts).hasSize(892);
    try (TestSystem system = new TestSystem(folder, "posts")) {
      try (TandemProcess replay = system.startReading("replay", "-")) {
        replay.send("\r\n" + String.join("\n", posts.subList(0, 500)) + "\n");
        awaitPosts(system, 500);
        replay.send(
            "\n<html>503</html>\n{\"id_str\":\"7\"}\n" + posts.get(500).substring(0, 90) + "\n");
        // A source that comes back sends its last posts again.
        replay.send(String.join("\r\n", posts.subList(450, 892)) + "\r\n");
        awaitPosts(system, 892);
        assertThat(replay.isAlive()).isTrue();
        replay.endInput();
        assertThat(replay.join(PATIENCE)).as(replay.output()).isZero();
        assertThat(replay.output())
            .contains("945 rows read, 942 events published")
            .contains("3 rejected");
      }
      assertThat(system.run(0, "verify", "--files", file.toString()))
          .contains(" rows compared, 0 different");
      Map<String, Long> expected = PostsOracle.expected(file);
      assertThat(PostsOracle.served(system.bootstrap())).isEqualTo(expected);
      assertThat(words(expected)).isEqualTo(sparkWords(file));
      assertThat(system.get("/api/v1/posts/aggregates/words_hourly?roll=none&top=1&metric=posts"))
          .contains("\"key\":{\"word\":\"rt\"}");
      assertThat(
              system.get(
                  "/api/v1/posts/aggregates/hashtags_hourly?roll=none&where=hashtag:hadislerlei\u0307slam"
                      .replace("\u0307", "%CC%87")))
          .contains("\"posts\":1,");

      system.run(0, "backfill", "--files", file.toString());
      assertThat(PostsOracle.served(system.bootstrap())).isEqualTo(expected);
      assertThat(system.run(0, "verify", "--files", file.toString()))
          .contains("%,d rows compared, 0 different".formatted(expected.size()));
    }
  }

  private static void awaitPosts(TestSystem system, long expected) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> posts(system) == expected);
  }

  private static long posts(TestSystem system) throws IOException, InterruptedException {
    JsonNode rows =
        JSON.readTree(system.get("/api/v1/posts/aggregates/posts_by_minute?roll=none")).get("rows");
    return rows.isEmpty() ? 0 : rows.get(0).get("posts").longValue();
  }

  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().collect(Collectors.toList());
    }
  }

  /** Posts by word, whatever the hour. */
  private static Map<String, Long> words(Map<String, Long> rows) throws IOException {
    Map<String, Long> words = new TreeMap<>();
    for (Map.Entry<String, Long> row : rows.entrySet()) {
      JsonNode key = JSON.readTree(row.getKey());
      if (key.get("aggregate").textValue().equals("words_hourly")) {
        words.merge(key.at("/key/word").textValue(), row.getValue(), Long::sum);
      }
    }
    return words;
  }

  /** The word count that every introduction to Spark begins with, a post counting once a word. */
  private static Map<String, Long> sparkWords(Path file) throws IOException {
    Map<String, Long> words = new TreeMap<>();
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .getOrCreate()) {
      spark
          .read()
          .schema("id_str STRING, text STRING")
          .json(file.toString())
          .createOrReplaceTempView("posts");
      List<Row> rows =
          spark
              .sql(
                  """
                  SELECT lower(word), count(DISTINCT id_str)
                  FROM posts LATERAL VIEW explode(regexp_extract_all(text, r'[\\p{L}\\p{M}\\p{Nd}]+', 0)) w AS word
                  GROUP BY 1
                  """)
              .collectAsList();
      rows.forEach(row -> words.put(row.getString(0), row.getLong(1)));
    }
    return words;
  }
}
