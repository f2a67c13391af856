package dev.tandem.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.event.Event;
import dev.tandem.core.kafka.Run;
import dev.tandem.localkafka.LocalKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both commands over a real broker, with the app in miniature and DuckDB as the oracle. */
class BackfillIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static LocalKafka kafka;
  private static Path july;
  private static Path august;
  private static Path julyInLog;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(LocalKafka.Config.in(folder.resolve("kafka")));
    List<String> trips = Trips.lines("jul", LocalDateTime.parse("2017-07-01T00:00"), 31, 600, 1);
    july = Trips.write(folder.resolve("2017_07.csv"), trips);
    august =
        Trips.write(
            folder.resolve("2017_08.csv"),
            Trips.lines("aug", LocalDateTime.parse("2017-08-01T00:00"), 31, 300, 2));
    // What the stream got: every 20th trip at another station.
    julyInLog =
        Trips.write(
            folder.resolve("altered.csv"),
            Trips.change(trips, 20, line -> line.replaceFirst("\"[^,]*\"", "Elsewhere")));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static TestSystem system(String name) throws Exception {
    return new TestSystem(name, kafka.bootstrap(), folder);
  }

  /** Rows of an hourly aggregate in the oracle's words. */
  private static Map<String, String> served(TestSystem system, String aggregate, String dimension)
      throws Exception {
    Map<String, String> rows = new TreeMap<>();
    for (Map.Entry<String, String> row : system.served().entrySet()) {
      JsonNode key = JSON.readTree(row.getKey());
      if (key.get("aggregate").asText().equals(aggregate)) {
        JsonNode value = JSON.readTree(row.getValue());
        String window = key.get("window").asText().substring(0, 19);
        rows.put(
            window + "|" + key.get("key").get(dimension).asText(),
            "%s %s %s %s %.2f"
                .formatted(
                    value.get("trips").asText(),
                    value.get("duration_s").get("count").asText(),
                    value.get("duration_s").get("sum").asText(),
                    value.get("distance_mi").get("count").asText(),
                    value.get("distance_mi").get("sum").asDouble()));
      }
    }
    return rows;
  }

  private static void expectServed(TestSystem system, Path... files) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(served(system, "departures_hourly", "start_station"))
                  .isEqualTo(Oracle.departures(files));
              assertThat(served(system, "arrivals_hourly", "end_station"))
                  .isEqualTo(Oracle.arrivals(files));
            });
  }

  @Test
  void shouldCorrectAWrongStreamOnceAndForAll() throws Exception {
    try (TestSystem system = system("wrong")) {
      List<Event> log = new ArrayList<>(system.events(julyInLog));
      system.send(log);
      system.send(log.subList(0, 50));
      Path invented =
          Trips.write(
              folder.resolve("invented.csv"),
              Trips.lines("inv", LocalDateTime.parse("2017-07-03T00:00"), 10, 30, 3));
      system.send(system.events(invented));
      system.sendRaw("broken", "{}");

      Object[] files = {"--files", july, august, "--source", "files"};
      TestSystem.Outcome wrong = system.run("verify", files).expect(1);
      assertThat(wrong.lastLine())
          .matches("[\\d,]+ rows compared, [1-9][\\d,]* different, 0 moving");

      TestSystem.Outcome dry = system.run("backfill", with(files, "--dry-run")).expect(0);
      assertThat(dry.out())
          .contains("300 missing, 30 altered, 30 not in the files, 50 duplicated")
          .contains("300 claimed")
          .contains("it would be refused");
      assertThat(system.records(system.topics.runs())).isZero();
      assertThat(system.records(system.topics.claims())).isZero();
      assertThat(system.records(system.topics.corrections())).isZero();

      TestSystem.Outcome refused = system.run("backfill", files).expect(1);
      assertThat(refused.err())
          .contains("Cannot publish run 1: ")
          .contains("rerun with --max-change ");
      assertThat(system.records(system.topics.corrections())).isZero();

      Path report = folder.resolve("report.json");
      system.run("backfill", with(files, "--max-change", "100%", "--report", report)).expect(0);
      expectServed(system, july, august);
      JsonNode json = JSON.readTree(report.toFile());
      JsonNode rows = json.get("rows");
      assertThat(json.get("published").asLong())
          .isEqualTo(
              rows.get("corrected").asLong()
                  + rows.get("added").asLong()
                  + rows.get("removed").asLong());
      assertThat(rows.get("unchanged").asLong()).isPositive();
      JsonNode ledger = json.get("ledger");
      assertThat(ledger.get("balances").asBoolean()).isTrue();
      assertThat(ledger.get("read").asLong()).isEqualTo(log.size() + 50 + 30 + 1);
      assertThat(ledger.get("in_log").asLong()).isEqualTo(log.size() + 50 + 30 + 1);
      assertThat(ledger.get("counted").asLong()).isEqualTo(log.size() + 30);
      assertThat(ledger.get("duplicate").asLong()).isEqualTo(50);
      assertThat(ledger.get("rejected").asLong()).isEqualTo(1);
      assertThat(ledger.get("partitions")).hasSize(TestSystem.PARTITIONS);
      assertThat(json.get("aggregates")).hasSize(8);
      assertThat(json.get("aggregates").get(0).get("largest")).hasSize(10);
      TestSystem.Outcome right = system.run("verify", files).expect(0);
      assertThat(right.lastLine()).matches("[\\d,]+ rows compared, 0 different, 0 moving");
      assertThat(right.out())
          .containsPattern("Proved: [1-9][\\d,]* windows, 0 differences")
          .doesNotContain("Comparing rows");

      long published = system.records(system.topics.aggregates());
      TestSystem.Outcome again = system.run("backfill", files).expect(0);
      assertThat(again.out()).contains("run 3: 0 rows published");

      // The trips that were missing come at last: they are claimed, nothing changes.
      system.send(system.events(august));
      system.run("verify", files).expect(0);
      assertThat(system.records(system.topics.aggregates())).isEqualTo(published);
      expectServed(system, july, august);
    }
  }

  private static Object[] with(Object[] args, Object... more) {
    List<Object> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    return all.toArray();
  }

  @Test
  void shouldPublishEveryRowWhenTheAppDoesNotAcknowledge() throws Exception {
    try (TestSystem system = system("asleep")) {
      system.send(system.events(julyInLog));
      system.run("verify", "--source", "log").expect(0);
      system.app.pause();
      system.send(system.events(august));
      TestSystem.Outcome outcome =
          system
              .run("backfill", "--files", july, "--max-change", "100%", "--set", "ack.timeout=1s")
              .expect(0);
      assertThat(outcome.out()).contains("every row in range is published");
      TestSystem.Outcome lagging =
          system.run("verify", "--files", july, "--set", "ack.timeout=1s").expect(1);
      assertThat(lagging.err())
          .contains("records behind the log")
          .contains("./tandem up -p asleep");
      system.app.resume();
      system.run("verify", "--files", july).expect(0);
      expectServed(system, july, august);
    }
  }

  @Test
  void shouldLeaveRowsOutsideTheRangeAlone() throws Exception {
    try (TestSystem system = system("ranged")) {
      system.send(system.events(julyInLog));
      Object[] range = {"--files", july, "--from", "2017-07-10", "--to", "2017-07-20T12:00"};
      TestSystem.Outcome unlearned =
          system.run("backfill", with(range, "--max-change", "100%")).expect(0);
      assertThat(unlearned.out()).doesNotContain("baseline");
      system.learn();
      system.sendBaseline("0");
      system.sendBaseline("1");
      system.run("verify", range).expect(0);
      system.run("verify", "--files", july).expect(1);
      TestSystem.Outcome whole =
          system.run("backfill", "--files", july, "--max-change", "100%").expect(0);
      expectServed(system, july);
      assertThat(whole.out()).contains("baseline 2: 6 subjects by hour of the week, 3 places");
      assertThat(system.lastRun().report().at("/learned/baseline").asText()).isEqualTo("2");
      assertThat(system.lastRun().report().at("/learned/subjects/departures_hourly").asInt())
          .isEqualTo(3);

      // What is served outside the range is learned from as well: the same rows, the same baseline.
      system.run("backfill", range).expect(0);
      assertThat(system.baseline("3")).isEqualTo(system.baseline("2")).hasSize(10);
      // The newest three stay.
      assertThat(system.baseline("0")).isEmpty();
      assertThat(system.baseline("1")).isNotEmpty();
    }
  }

  @Test
  void shouldCountEventsThatArriveMeanwhileOnce() throws Exception {
    try (TestSystem system = system("busy")) {
      system.send(system.events(julyInLog).subList(0, 300));
      List<Event> rest = new ArrayList<>(system.events(julyInLog).subList(300, 600));
      rest.addAll(system.events(august));
      Thread replay =
          new Thread(
              () -> {
                for (int i = 0; i < rest.size(); i += 10) {
                  system.send(rest.subList(i, i + 10));
                  Waiting.pause(Duration.ofMillis(80));
                }
              });
      replay.start();
      system.run("backfill", "--files", july, "--max-change", "100%").expect(0);
      replay.join();
      system.run("verify", "--files", july).expect(0);
      expectServed(system, july, august);
    }
  }

  @Test
  void shouldRecordTheFailureWhenAFileBreaksOff() throws Exception {
    try (TestSystem system = system("broken")) {
      byte[] whole = gzip(Files.readAllBytes(july));
      Path cut =
          Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length * 2 / 3));
      assertThat(system.run("backfill", "--files", cut).expect(1).err())
          .contains("cut.csv.gz is cut off after line ")
          .hasLineCount(1);
      assertThat(system.lastRun().state()).isEqualTo(Run.State.FAILED);
      assertThat(system.lastRun().error()).contains("cut.csv.gz is cut off");
      assertThat(system.records(system.topics.corrections())).isZero();
      // The epoch is used up, and the next run goes through.
      system.run("backfill", "--files", july.toUri(), "--max-change", "100%").expect(0);
      assertThat(system.lastRun().epoch()).isEqualTo(2);
      expectServed(system, july);
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void shouldRefuseWrongUseBeforeAnythingIsTouched() throws Exception {
    try (TestSystem system = system("misused")) {
      assertThat(system.run("backfill").expect(2).err()).contains("needs files");
      assertThat(system.run("backfill", "--files", folder.resolve("none*.csv")).expect(2).err())
          .contains("No files match");
      assertThat(system.run("verify", "--files", july, "--from", "soon").expect(2).err())
          .contains("--from soon: give a date");
      assertThat(system.run("backfill", "--source", "lag").expect(2).err()).contains("--source");
      Path broken = Files.writeString(folder.resolve("broken.csv"), "a,b\n1,2\n");
      TestSystem.Outcome unreadable = system.run("backfill", "--files", broken).expect(2);
      assertThat(unreadable.err()).contains("broken.csv").hasLineCount(1);
      assertThat(system.records(system.topics.corrections())).isZero();
    }
  }
}
