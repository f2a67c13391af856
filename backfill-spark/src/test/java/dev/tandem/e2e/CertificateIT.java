package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hashing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the certificate of a run says is what it means: the digests of a real month are computed
 * again from the rows that DuckDB makes of the file, and from the records that a plain consumer
 * finds, both without Tandem's code.
 */
class CertificateIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The aggregates whose states hold counts and stats alone. */
  private static final Map<String, List<String>> DIMENSIONS =
      Map.of(
          "trips_hourly", List.of(),
          "trips_daily_by_plan", List.of("plan"),
          "departures_hourly", List.of("start_station"),
          "arrivals_hourly", List.of("end_station"),
          "routes_daily", List.of("start_station", "end_station"));

  @Test
  void shouldCertifyWhatDuckDbComputesAndWhatIsServed(@TempDir Path folder) throws Exception {
    assertThat(Hashing.xxh3_64().hashBytesToLong(new byte[0])).isEqualTo(0x2D06800538D394C2L);
    List<Path> july = RealFiles.months("2017_07", "2017_07");
    String file = july.get(0).toString();
    Path report = folder.resolve("report.json");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        TestSystem system = new TestSystem(folder, "biketown")) {
      system.run(0, "replay", file);
      String[] range = {"--from", "2017-07-01", "--to", "2017-08-01", "--files", file};
      Path lake = folder.resolve("lake");
      system.run(
          0, "backfill", with(range, "--report", report.toString(), "--lake", lake.toString()));
      JsonNode json = JSON.readTree(report.toFile());
      Map<String, String> definitions = new TreeMap<>();
      json.get("aggregates")
          .forEach(a -> definitions.put(a.get("aggregate").asText(), a.get("definition").asText()));
      Map<String, String> certified = new TreeMap<>();
      for (JsonNode r : json.at("/certificate/ranges")) {
        assertThat(r.get("from").asText()).isEqualTo("2017-07-01T00:00:00-07:00");
        assertThat(r.get("to").asText()).isEqualTo("2017-08-01T00:00:00-07:00");
        certified.put(
            r.get("aggregate").asText(),
            r.get("rows").asText() + " " + r.get("ids").asText() + " " + r.get("states").asText());
      }
      assertThat(certified).hasSize(8);
      BiketownOracle.loadTrips(duckdb, july);
      BiketownOracle.computeRows(duckdb, false);
      assertThat(served(system.bootstrap(), definitions)).isEqualTo(certified);
      certified.forEach(
          (aggregate, digests) ->
              assertThat(rowsIn(duckdb, lake.resolve("biketown").resolve(aggregate)))
                  .isEqualTo(digests.substring(0, digests.indexOf(' '))));
      certified.keySet().retainAll(DIMENSIONS.keySet());
      assertThat(computed(duckdb, definitions)).isEqualTo(certified);

      String proved = system.run(0, "verify", range);
      assertThat(proved)
          .contains("all 8 are equal")
          .containsPattern("Proved: [\\d,]+ windows, 0 differences")
          .doesNotContain("Comparing rows");

      // One event that the file does not have: one digest of each aggregate, eight rows.
      WrongEvents.sendInvented(system.bootstrap(), "2017-07-14", 1);
      String[] files = with(range, "--source", "files");
      String[] listed = with(files, "--list", "3");
      String found = system.run(1, "verify", listed);
      assertThat(found)
          .contains("8 differ, of 8")
          .containsPattern("(?m)^  \\w+ 2017-07-\\d\\dT.*: trips .* -> ")
          .contains("  and 5 more: --list N")
          .contains(", 8 different, 0 moving")
          .doesNotContain("Proved");
    }
  }

  private static String[] with(String[] arguments, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(more));
    all.addAll(Arrays.asList(arguments));
    return all.toArray(String[]::new);
  }

  private static Map<String, String> texts(Map<String, PlainDigest> digests) {
    Map<String, String> texts = new TreeMap<>();
    digests.forEach((name, digest) -> texts.put(name, digest.toString()));
    return texts;
  }

  /** From DuckDB's rows of July. */
  private static Map<String, String> computed(Connection duckdb, Map<String, String> definitions)
      throws SQLException {
    Map<String, PlainDigest> digests = new HashMap<>();
    try (Statement sql = duckdb.createStatement();
        ResultSet row =
            sql.executeQuery("SELECT * FROM expected WHERE window_start LIKE '2017-07-%'")) {
      while (row.next()) {
        String aggregate = row.getString("aggregate");
        if (!DIMENSIONS.containsKey(aggregate)) {
          continue;
        }
        List<String> ids = new ArrayList<>();
        for (Object id : (Object[]) row.getArray("ids").getArray()) {
          ids.add((String) id);
        }
        long idSum = PlainDigest.idSum(ids);
        List<String> dimensions = new ArrayList<>();
        for (String name : DIMENSIONS.get(aggregate)) {
          dimensions.add(row.getString(name));
        }
        byte[] state =
            PlainDigest.state(
                row.getLong("trips"), idSum, List.of(stats(row, "d"), stats(row, "m")));
        long window =
            OffsetDateTime.parse(row.getString("window_start")).toInstant().toEpochMilli();
        digests
            .computeIfAbsent(aggregate, a -> new PlainDigest())
            .add(definitions.get(aggregate), window, dimensions, state, idSum);
      }
    }
    return texts(digests);
  }

  private static PlainDigest.Stats stats(ResultSet row, String metric) throws SQLException {
    return new PlainDigest.Stats(
        row.getLong(metric + "_count"),
        row.getLong(metric + "_sum"),
        row.getLong(metric + "_min"),
        row.getLong(metric + "_max"));
  }

  /** From the last record of every row of July, and the state in its header. */
  private static Map<String, String> served(String bootstrap, Map<String, String> definitions)
      throws Exception {
    Map<String, byte[]> states = new HashMap<>();
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("biketown.aggregates").stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          String key = new String(record.key(), StandardCharsets.UTF_8);
          if (record.value() == null) {
            states.remove(key);
          } else {
            byte[] header = record.headers().lastHeader("tandem-state").value();
            states.put(key, Arrays.copyOfRange(header, 8, header.length));
          }
        }
      }
    }
    Map<String, PlainDigest> digests = new HashMap<>();
    for (Map.Entry<String, byte[]> row : states.entrySet()) {
      JsonNode key = JSON.readTree(row.getKey());
      String window = key.get("window").asText();
      if (window.startsWith("2017-07-")) {
        List<String> dimensions = new ArrayList<>();
        key.get("key").forEach(d -> dimensions.add(d.textValue()));
        String aggregate = key.get("aggregate").asText();
        digests
            .computeIfAbsent(aggregate, a -> new PlainDigest())
            .add(
                definitions.get(aggregate),
                OffsetDateTime.parse(window).toInstant().toEpochMilli(),
                dimensions,
                row.getValue(),
                idSum(row.getValue()));
      }
    }
    return texts(digests);
  }

  /** The eight bytes behind version and number of events. */
  private static long idSum(byte[] state) {
    int at = 1;
    while (state[at] < 0) {
      at++;
    }
    return ByteBuffer.wrap(state, at + 1, 8).getLong();
  }

  /** How many rows DuckDB finds in July's file of an aggregate's folder in a lake. */
  private static String rowsIn(Connection duckdb, Path folder) {
    try (Statement sql = duckdb.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "SELECT count(*) FROM read_parquet('%s/month=2017-07/rows.parquet')"
                    .formatted(folder))) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
