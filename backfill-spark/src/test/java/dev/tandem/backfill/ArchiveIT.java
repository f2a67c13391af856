package dev.tandem.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.backfill.archive.ArchiveFolder;
import dev.tandem.core.event.Event;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.localkafka.LocalKafka;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log whose beginning lies in an archive alone gives the rows that the whole log gave. */
class ArchiveIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void shouldGiveTheSameRowsWhenTheLogIsShortenedToWhatTheArchiveLacks() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(folder.resolve("kafka")));
        TestSystem system = new TestSystem("archived", kafka.bootstrap(), folder)) {
      Path archive = folder.resolve("archive");
      List<String> trips = Trips.lines("jul", LocalDateTime.parse("2017-07-01T00:00"), 31, 600, 1);
      List<Event> july = system.events(Trips.write(folder.resolve("july.csv"), trips));
      List<Event> altered =
          system.events(
              Trips.write(
                  folder.resolve("altered.csv"),
                  Trips.change(trips, 3, line -> line.replaceFirst("\"[^,]*\"", "Elsewhere"))));
      system.send(july);
      system.sendRaw("broken", "{}");
      assertThat(system.run("archive", "--out", archive).expect(0).out()).contains("601 records");

      system.send(altered);
      system.run("backfill", "--source", "log").expect(0);
      assertThat(system.run("archive", "--out", archive).expect(0).out()).contains("603 records");
      assertThat(system.run("archive", "--out", archive, "--until", "2017-01-01").expect(0).out())
          .contains("Nothing new");
      assertThat(archived(archive)).isEqualTo(log(system, kafka.bootstrap()));

      system.send(
          system.events(
              Trips.write(
                  folder.resolve("august.csv"),
                  Trips.lines("aug", LocalDateTime.parse("2017-08-01T00:00"), 31, 300, 2))));
      JsonNode whole = report(system, "whole.json");

      deleteArchived(system, kafka.bootstrap(), archive);
      assertThat(system.run("backfill", "--source", "log").expect(1).err())
          .contains("name an --archive that has them");
      JsonNode both = report(system, "both.json", "--archive", archive);
      assertThat(both.get("certificate")).isEqualTo(whole.get("certificate"));
      assertThat(both.get("events").get("log")).isEqualTo(whole.get("events").get("log"));
      assertThat(both.get("rows").get("compared")).isEqualTo(both.get("rows").get("unchanged"));
      assertThat(system.run("verify", "--source", "log", "--archive", archive).expect(0).out())
          .contains(", 0 different");
    }
  }

  private JsonNode report(TestSystem system, String name, Object... more) throws Exception {
    Path file = folder.resolve(name);
    Object[] args = {"--source", "log", "--report", file};
    Object[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    system.run("backfill", all).expect(0);
    return JSON.readTree(file.toFile());
  }

  private static void deleteArchived(TestSystem system, String bootstrap, Path archive)
      throws Exception {
    Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
    ArchiveFolder.open(archive, "archived")
        .to()
        .forEach(
            (partition, end) ->
                before.put(
                    new TopicPartition(system.topics.events(), partition),
                    RecordsToDelete.beforeOffset(end)));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.deleteRecords(before).all().get();
    }
  }

  /** Every record as a line, as a plain consumer reads it. */
  private static Set<String> log(TestSystem system, String bootstrap) {
    Set<String> lines = new TreeSet<>();
    try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", bootstrap))) {
      reader.readAll(system.topics.events(), record -> lines.add(line(record)));
    }
    return lines;
  }

  private static String line(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder headers = new StringBuilder();
    for (Header header : record.headers()) {
      headers.append(header.key()).append('=').append(hex(header.value())).append(';');
    }
    return "%d %d %d %s %s %s"
        .formatted(
            record.partition(),
            record.offset(),
            record.timestamp(),
            hex(record.key()),
            hex(record.value()),
            headers);
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
  }

  /** The same of the archive, as DuckDB reads it. */
  private static Set<String> archived(Path archive) throws SQLException {
    Set<String> lines = new TreeSet<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duckdb.createStatement();
        ResultSet rows =
            sql.executeQuery(
                """
                SELECT concat_ws(' ', partition, "offset", epoch_ms(timestamp),
                  coalesce(lower(hex(key)), 'null'), coalesce(lower(hex(value)), 'null'),
                  array_to_string(list_transform(headers, lambda h: h.key || '=' || lower(hex(h.value)) || ';'), ''))
                FROM read_parquet('%s/archived/*/*/*.parquet', hive_partitioning = true)
                WHERE value IS NULL OR date IS NOT NULL
                """
                    .formatted(archive))) {
      while (rows.next()) {
        assertThat(lines.add(rows.getString(1))).isTrue();
      }
    }
    return lines;
  }
}
