package dev.tandem.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * What a plain Kafka consumer finds in an aggregates topic of trips, as DuckDB tables: {@code
 * records} as they came, {@code served} the last of each key without tombstones, in the columns of
 * {@link BiketownOracle}.
 */
final class ServedRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern KEY =
      Pattern.compile("\\{\"aggregate\":\"[a-z_]+\",\"window\":\"[-0-9T:+]+\",\"key\":\\{.*}}");

  private ServedRows() {}

  /** Rows that one side has and the other not, and rows that differ. */
  record Difference(long missing, long extra, long different, long equal) {}

  static void load(Connection duckdb, String bootstrap) throws SQLException, IOException {
    load(duckdb, bootstrap, "biketown.aggregates");
  }

  static void load(Connection duckdb, String bootstrap, String topic)
      throws SQLException, IOException {
    try (Statement sql = duckdb.createStatement()) {
      sql.execute(
          """
          CREATE OR REPLACE TABLE records (part INTEGER, pos BIGINT, keytext VARCHAR, aggregate VARCHAR, window_start VARCHAR,
            plan VARCHAR, start_station VARCHAR, end_station VARCHAR, bike VARCHAR, trips BIGINT,
            d_count BIGINT, d_sum BIGINT, d_min BIGINT, d_max BIGINT,
            m_count BIGINT, m_sum BIGINT, m_min BIGINT, m_max BIGINT, epoch BIGINT, corrected BOOLEAN)
          """);
    }
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "isolation.level",
            "read_committed",
            "max.poll.records",
            5000);
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        DuckDBAppender rows =
            duckdb
                .unwrap(DuckDBConnection.class)
                .createAppender(DuckDBConnection.DEFAULT_SCHEMA, "records")) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(topic)
          .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          append(rows, record);
        }
      }
    }
    try (Statement sql = duckdb.createStatement()) {
      sql.execute(
          """
          CREATE OR REPLACE TABLE served AS SELECT * FROM records
          QUALIFY row_number() OVER (PARTITION BY part, keytext ORDER BY pos DESC) = 1
          """);
      sql.execute("DELETE FROM served WHERE trips IS NULL");
    }
  }

  private static void append(DuckDBAppender rows, ConsumerRecord<byte[], byte[]> record)
      throws SQLException, IOException {
    String keyText = new String(record.key(), StandardCharsets.UTF_8);
    if (!KEY.matcher(keyText).matches()) {
      throw new AssertionError("not a key as documented: " + keyText);
    }
    JsonNode key = JSON.readTree(keyText);
    JsonNode dimensions = key.get("key");
    rows.beginRow();
    rows.append(record.partition());
    rows.append(record.offset());
    rows.append(keyText);
    rows.append(key.get("aggregate").textValue());
    rows.append(key.get("window").textValue());
    for (String dimension : List.of("plan", "start_station", "end_station", "bike")) {
      text(rows, dimensions.get(dimension));
    }
    JsonNode value =
        record.value() == null ? JSON.createObjectNode() : JSON.readTree(record.value());
    number(rows, value.get("trips"), 0);
    stats(rows, value.path("duration_s"), 0);
    stats(rows, value.path("distance_mi"), 2);
    number(rows, value.get("epoch"), 0);
    if (value.has("corrected")) {
      rows.append(value.get("corrected").booleanValue());
    } else {
      rows.appendNull();
    }
    rows.endRow();
  }

  private static void stats(DuckDBAppender rows, JsonNode stats, int scale) throws SQLException {
    number(rows, stats.get("count"), 0);
    number(rows, stats.get("sum"), scale);
    number(rows, stats.get("min"), scale);
    number(rows, stats.get("max"), scale);
  }

  private static void number(DuckDBAppender rows, JsonNode value, int scale) throws SQLException {
    if (value == null) {
      rows.appendNull();
    } else {
      rows.append(new BigDecimal(value.asText()).movePointRight(scale).longValueExact());
    }
  }

  private static void text(DuckDBAppender rows, JsonNode value) throws SQLException {
    if (value == null || value.isNull()) {
      rows.appendNull();
    } else {
      rows.append(value.textValue());
    }
  }

  /** Compares {@code served} with {@code expected}, both restricted by a condition. */
  static Difference compare(Connection duckdb, String where) throws SQLException {
    String row =
        "row(e.trips, e.d_count, e.d_sum, e.d_min, e.d_max, e.m_count, e.m_sum, e.m_min, e.m_max)";
    try (Statement sql = duckdb.createStatement();
        ResultSet r =
            sql.executeQuery(
                """
                SELECT count(*) FILTER (s.aggregate IS NULL), count(*) FILTER (e.aggregate IS NULL),
                  count(*) FILTER (e.aggregate IS NOT NULL AND s.aggregate IS NOT NULL AND %s IS DISTINCT FROM %s),
                  count(*) FILTER (e.aggregate IS NOT NULL AND s.aggregate IS NOT NULL AND %s IS NOT DISTINCT FROM %s)
                FROM (SELECT * FROM expected WHERE %s) e FULL JOIN (SELECT * FROM served WHERE %s) s
                  ON e.aggregate = s.aggregate AND e.window_start = s.window_start
                  AND coalesce('x' || e.plan, '') = coalesce('x' || s.plan, '')
                  AND coalesce('x' || e.start_station, '') = coalesce('x' || s.start_station, '')
                  AND coalesce('x' || e.end_station, '') = coalesce('x' || s.end_station, '')
                  AND coalesce('x' || e.bike, '') = coalesce('x' || s.bike, '')
                """
                    .formatted(
                        row,
                        row.replace("e.", "s."),
                        row,
                        row.replace("e.", "s."),
                        where,
                        where))) {
      r.next();
      return new Difference(r.getLong(1), r.getLong(2), r.getLong(3), r.getLong(4));
    }
  }

  static long count(Connection duckdb, String query) throws SQLException {
    try (Statement sql = duckdb.createStatement();
        ResultSet r = sql.executeQuery(query)) {
      r.next();
      return r.getLong(1);
    }
  }
}
