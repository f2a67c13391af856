package dev.tandem.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.definition.Rules;
import dev.tandem.core.event.Event;
import dev.tandem.core.row.EventRows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The published posts, counted by our code and asked of DuckDB's SQL over the same file. */
class RealPostsTest {

  private final PipelineDefinition pipeline = PipelineLoader.load(Path.of("../config"), "posts");

  @Test
  void shouldCountWhatDuckDbCounts() throws SQLException {
    Map<String, Integer> ours = ours();
    Map<String, Integer> theirs = theirs();
    assertThat(without(ours, theirs)).as("only ours").isEmpty();
    assertThat(without(theirs, ours)).as("only DuckDB's").isEmpty();
    assertThat(ours).hasSizeGreaterThan(3_000);
  }

  private static Set<Map.Entry<String, Integer>> without(
      Map<String, Integer> rows, Map<String, Integer> others) {
    Set<Map.Entry<String, Integer>> rest = new LinkedHashSet<>(rows.entrySet());
    rest.removeAll(others.entrySet());
    return rest;
  }

  /** Posts by {@code aggregate|window|value}. */
  private Map<String, Integer> ours() {
    Map<String, Integer> rows = new TreeMap<>();
    Set<String> ids = new HashSet<>();
    Rules rules = new Rules(pipeline);
    EventRows eventRows = new EventRows(pipeline);
    try (FileDecoder decoder = FileDecoder.open(pipeline, TestData.posts())) {
      while (decoder.hasNext()) {
        Event event = ((Decoded.Good) decoder.next()).event();
        rules.apply(event);
        if (ids.add(event.id())) {
          eventRows.forEach(
              event,
              (layout, key, window) ->
                  rows.merge(
                      pipeline.aggregate(key.definitionId()).orElseThrow().name()
                          + "|"
                          + Instant.ofEpochMilli(window)
                          + "|"
                          + (key.dimensions().isEmpty() ? "" : key.dimensions().get(0)),
                      1,
                      Integer::sum));
        }
      }
    }
    return rows;
  }

  private static Map<String, Integer> theirs() throws SQLException {
    String sql =
        """
        WITH post AS (
          SELECT strptime(created_at, '%a %b %d %H:%M:%S %z %Y') AT TIME ZONE 'UTC' AS created, text
          FROM read_json('FILE', format = 'newline_delimited',
            columns = {created_at: 'VARCHAR', id_str: 'VARCHAR', text: 'VARCHAR'})
          QUALIFY row_number() OVER (PARTITION BY id_str) = 1),
        hour AS (
          SELECT date_trunc('hour', created) AS h,
            list_distinct(list_transform(regexp_extract_all(text, '[\\p{L}\\p{M}\\p{Nd}]+'), lambda x: small(x))) AS words,
            list_distinct(list_transform(regexp_extract_all(text, '#([\\p{L}\\p{M}\\p{Nd}_]+)', 1), lambda x: small(x))) AS tags
          FROM post)
        SELECT 'posts_by_minute' AS a, date_trunc('minute', created) AS w, '' AS k, count(*) AS n FROM post GROUP BY ALL
        UNION ALL SELECT 'words_hourly', h, k, count(*) FROM hour, unnest(words) u(k) GROUP BY ALL
        UNION ALL SELECT 'hashtags_hourly', h, k, count(*) FROM hour, unnest(tags) u(k) GROUP BY ALL
        """;
    Map<String, Integer> rows = new TreeMap<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = statement(duckdb);
        ResultSet found =
            statement.executeQuery(sql.replace("FILE", TestData.posts().toString()))) {
      while (found.next()) {
        Instant window =
            found.getTimestamp(2).toLocalDateTime().toInstant(java.time.ZoneOffset.UTC);
        rows.put(found.getString(1) + "|" + window + "|" + found.getString(3), found.getInt(4));
      }
    }
    return rows;
  }

  /**
   * DuckDB maps letter by letter. What Unicode says beyond that is spelt out: a capital I with a
   * dot gives two code points, and the last sigma of a word is another letter.
   */
  private static Statement statement(Connection duckdb) throws SQLException {
    Statement statement = duckdb.createStatement();
    statement.execute(
        """
        CREATE MACRO small(word) AS lower(replace(
          regexp_replace(word, '(\\p{L}\\p{M}*)Σ(\\p{M}*)$', '\\1ς\\2'), chr(304), 'i' || chr(775)))
        """);
    return statement;
  }
}
