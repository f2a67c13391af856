package dev.tandem.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.kafka.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** The rows of the posts pipeline, by SQL over the files, and as the topic has them. */
final class PostsOracle {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PostsOracle() {}

  /**
   * Posts by the key of a row, from files of posts with nothing else in them.
   *
   * <p>DuckDB's lower maps letter by letter. What Unicode says beyond that is spelt out: a capital
   * I with a dot gives two code points, and the last sigma of a word is another letter.
   */
  static Map<String, Long> expected(Path files) throws SQLException {
    String sql =
        """
        WITH post AS (
          SELECT strptime(created_at, '%a %b %d %H:%M:%S %z %Y') AT TIME ZONE 'UTC' AS created, text
          FROM read_json('FILES', format = 'newline_delimited',
            columns = {created_at: 'VARCHAR', id_str: 'VARCHAR', text: 'VARCHAR'})
          QUALIFY row_number() OVER (PARTITION BY id_str) = 1),
        found AS (
          SELECT created,
            regexp_extract_all(text, '[\\p{L}\\p{M}\\p{Nd}]+') AS words,
            regexp_extract_all(text, '#([\\p{L}\\p{M}\\p{Nd}_]+)', 1) AS tags
          FROM post),
        part AS (
          SELECT 'posts_by_minute' AS aggregate, date_trunc('minute', created) AS w, '{}' AS k FROM post
          UNION ALL
          SELECT 'words_hourly', date_trunc('hour', created), '{"word":' || to_json(word)::VARCHAR || '}'
          FROM found, unnest(list_distinct(list_transform(words, lambda x: small(x)))) u(word)
          UNION ALL
          SELECT 'hashtags_hourly', date_trunc('hour', created), '{"hashtag":' || to_json(tag)::VARCHAR || '}'
          FROM found, unnest(list_distinct(list_transform(tags, lambda x: small(x)))) u(tag))
        SELECT '{"aggregate":"' || aggregate || '","window":"' || strftime(w, '%Y-%m-%dT%H:%M:%SZ') || '","key":' || k || '}',
          count(*)
        FROM part GROUP BY ALL
        """;
    Map<String, Long> rows = new TreeMap<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          """
          CREATE MACRO small(word) AS lower(replace(
            regexp_replace(word, '(\\p{L}\\p{M}*)Σ(\\p{M}*)$', '\\1ς\\2'), chr(304), 'i' || chr(775)))
          """);
      try (ResultSet found = statement.executeQuery(sql.replace("FILES", files.toString()))) {
        while (found.next()) {
          rows.put(found.getString(1), found.getLong(2));
        }
      }
    }
    return rows;
  }

  /** Posts by the key of a row, the latest of each. */
  static Map<String, Long> served(String bootstrap) {
    Map<String, Long> rows = new TreeMap<>();
    try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", bootstrap))) {
      reader.readAll(
          "posts.aggregates",
          record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
              rows.remove(key);
            } else {
              rows.put(key, posts(record.value()));
            }
          });
    }
    return rows;
  }

  private static long posts(byte[] value) {
    try {
      return JSON.readTree(value).required("posts").longValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
