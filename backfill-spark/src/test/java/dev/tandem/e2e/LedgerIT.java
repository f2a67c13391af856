package dev.tandem.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.kafka.LedgerCheck;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.FirstHalfState;
import dev.tandem.core.reconcile.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing vanishes: every record of the log is in the ledger, and one that is lost is missed. */
class LedgerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENTS = "biketown.events";
  private static final int ASTRAY = 50;
  private static final int BROKEN = 5;

  @Test
  void shouldAccountForEveryRecordOfTheLog(@TempDir Path folder) throws Exception {
    try (TestSystem system = new TestSystem(folder, "biketown")) {
      Path history = folder.resolve("history");
      system.run(0, "generate", "--events", "30000", "--seed", "5", "--out", history.toString());
      List<String> files = files(history);
      String late = files.get(files.size() - 1);
      List<String> early = files.subList(0, files.size() - 1);
      system.run(0, "replay", early.get(0));
      try (TandemProcess replay =
          system.start(
              "replay",
              Stream.concat(early.stream(), Stream.of("--rate", "4000")).toArray(String[]::new))) {
        Thread.sleep(3_000);
        system.app().kill();
        sendAstray(system.bootstrap());
        assertThat(replay.join(Duration.ofMinutes(4))).isZero();
      }
      system.startApp();

      system.run(0, "backfill", "--files", history + "/*.csv.gz", "--max-change", "100%");
      system.run(0, "replay", late);
      assertThat(system.run(0, "rejected"))
          .containsPattern("wrong-partition +50 +0 +50 ")
          .containsPattern("key-mismatch +50 +0 +50 ");
      assertThat(system.run(0, "rejected", "--replay", "--reason", "wrong-partition"))
          .contains("50 sent again now");
      assertThat(system.run(0, "rejected", "--replay"))
          .contains("50 sent again before, 50 sent again now");
      assertThat(system.run(0, "rejected", "--replay"))
          .contains("100 sent again before, 0 sent again now");

      String verified = system.run(0, "verify", "--files", history + "/*.csv.gz");
      assertThat(verified)
          .contains("; balanced, the log counted again has as many")
          .contains(", 0 different");
      JsonNode ledger = ledger(system, 0);
      assertThat(ledger.get("read").asLong()).isEqualTo(eventsInTheLog(system.bootstrap()));
      assertThat(ledger.get("balances").asBoolean()).isTrue();
      assertThat(ledger.get("rejected").asLong())
          .isEqualTo(rejectedOfTheLog(system.bootstrap()))
          .isGreaterThanOrEqualTo(2 * ASTRAY + BROKEN);
      assertThat(ledger.get("duplicate").asLong()).isPositive();
      assertThat(ledger.get("claimed").asLong()).isPositive();
      assertThat(ledger.get("partitions")).hasSize(4);
      JsonNode row =
          JSON.readTree(
              system.get(
                  "/api/v1/biketown/aggregates/trips_hourly?from=2016-05-01&to=2016-05-02&roll=none"));
      assertThat(row.get("rows").get(0).get("trips").asLong())
          .as("those that lay astray, each once")
          .isEqualTo(2 * ASTRAY);

      loseEvents(system);
      await()
          .atMost(Duration.ofMinutes(4))
          .pollInterval(Duration.ofSeconds(3))
          .untilAsserted(
              () ->
                  assertThat(system.get("/api/v1/biketown"))
                      .contains("\"ready\":false")
                      .contains("the ledger does not balance: partition 0: events lost: 1 "));
      JsonNode wrong = ledger(system, 1);
      assertThat(wrong.get("balances").asBoolean()).isFalse();
      assertThat(wrong.get("problems")).hasSize(2);
      assertThat(wrong.get("problems").get(0).asText()).startsWith("partition 0: events lost: 1 ");
      assertThat(wrong.get("problems").get(1).asText()).startsWith("partition 1: the log has ");
      assertThat(system.app().output())
          .contains("the ledger does not balance: partition 0: events lost: 1 ");
      assertThat(system.run(1, "verify", "--files", history + "/*.csv.gz"))
          .contains("DOES NOT BALANCE: partition 0: events lost: 1 ", "; partition 1: the log has ")
          .contains(", 0 different");
    }
  }

  private static List<String> files(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private static JsonNode ledger(TestSystem system, int status) throws Exception {
    String text = system.run(status, "status", "--recount", "--json");
    return JSON.readTree(text.substring(text.indexOf('{'))).get("ledger");
  }

  private static byte[] trip(String id) {
    return ("{\"trip_id\":\"" + id + "\",\"started_at\":\"2016-05-01T08:00:00-07:00\"}")
        .getBytes(UTF_8);
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrap),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** A producer with another partitioner, one without keys, one that is broken. */
  private static void sendAstray(String bootstrap) {
    try (KafkaProducer<byte[], byte[]> producer = producer(bootstrap)) {
      for (int i = 0; i < ASTRAY; i++) {
        byte[] id = ("astray-" + i).getBytes(UTF_8);
        int elsewhere = (Partitioning.ofEvent(id, 4) + 1) % 4;
        producer.send(new ProducerRecord<>(EVENTS, elsewhere, id, trip("astray-" + i)));
        producer.send(new ProducerRecord<>(EVENTS, i % 4, null, trip("keyless-" + i)));
      }
      for (int i = 0; i < BROKEN; i++) {
        producer.send(new ProducerRecord<>(EVENTS, trip("k"), "{broken".getBytes(UTF_8)));
      }
    }
  }

  /** All but barriers, counted by the test itself. */
  private static long eventsInTheLog(String bootstrap) {
    long[] count = {0};
    try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", bootstrap))) {
      reader.readAll(EVENTS, record -> count[0] += record.value() == null ? 0 : 1);
    }
    return count[0];
  }

  private static long rejectedOfTheLog(String bootstrap) {
    long[] count = {0};
    try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", bootstrap))) {
      reader.readAll(
          "biketown.rejected",
          record -> count[0] += new String(record.key(), UTF_8).startsWith(EVENTS) ? 1 : 0);
    }
    return count[0];
  }

  /**
   * Leaves the app with states that have lost an event: in partition 0 behind where it was counted
   * as read, in partition 1 before.
   */
  private static void loseEvents(TestSystem system) throws Exception {
    system.app().kill();
    String changelog = "tandem-biketown-first-half-state-changelog";
    try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", system.bootstrap()));
        KafkaProducer<byte[], byte[]> producer = producer(system.bootstrap())) {
      Map<Integer, FirstHalfState> states =
          LedgerCheck.read(reader, new Topics("biketown")).states();
      byte[] late = lost(states.get(0), 0).toBytes(0);
      byte[] early = lost(states.get(1), 1).toBytes(1);
      producer.send(new ProducerRecord<>(changelog, 0, new byte[] {0}, late)).get();
      producer.send(new ProducerRecord<>(changelog, 1, new byte[] {0}, early)).get();
    }
    // It serves, and is never ready.
    system.startApp("look at (http\\S+)");
  }

  private static FirstHalfState lost(FirstHalfState s, int fewerRead) {
    Ledger l = s.ledger();
    Ledger lost =
        new Ledger(
            l.read() - fewerRead,
            l.counted() - 1,
            l.claimed(),
            l.duplicate(),
            l.rejected(),
            l.parked());
    return new FirstHalfState(
        s.position(),
        s.generation(),
        s.loaded(),
        lost,
        s.barriers(),
        s.parkedBarriers(),
        s.live(),
        s.beforeBarrier());
  }
}
