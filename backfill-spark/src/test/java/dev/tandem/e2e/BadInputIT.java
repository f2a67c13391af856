package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong gets one clear line, and what cannot be counted is kept with its reason. */
class BadInputIT {
  private static final String HEADER =
      "RouteID,PaymentPlan,StartHub,StartLatitude,StartLongitude,StartDate,StartTime,EndHub,EndLatitude,EndLongitude,EndDate,EndTime,TripType,BikeID,BikeName,Distance_Miles,Duration,RentalAccessPath,MultipleRental\n";
  private static final String ROW =
      ",Casual,SW 3rd,45.52,-122.64,7/19/2016,10:22,,45.53,-122.65,7/19/2016,10:48,,6083,0468"
          + " BIKETOWN,1.19,0:25:46,keypad,FALSE\n";

  @TempDir private Path folder;

  @Test
  void shouldNameWhatIsWrongWithConfigurationAndFiles() throws Exception {
    Path pipelines = Files.createDirectories(folder.resolve("config/pipelines"));
    Path config = pipelines.getParent();
    Path real = Path.of(System.getProperty("tandem.home")).resolve("config");
    String yaml = Files.readString(real.resolve("pipelines/biketown.yaml"));
    Files.writeString(
        pipelines.resolve("typo.yaml"),
        yaml.replace("pipeline: biketown", "pipeline: typo").replace("aggregates:", "agregates:"));
    assertThat(refused("topics", "describe", "-p", "typo", "--config", config.toString()))
        .containsPattern("typo\\.yaml:\\d+")
        .contains("agregates")
        .contains("aggregates");
    Files.writeString(
        pipelines.resolve("field.yaml"),
        yaml.replace("pipeline: biketown", "pipeline: field")
            .replaceFirst("by: \\[plan\\]", "by: [plam]"));
    assertThat(refused("topics", "describe", "-p", "field", "--config", config.toString()))
        .containsPattern("field\\.yaml:\\d+")
        .contains("plam")
        .contains("plan");
    assertThat(refused("topics", "describe", "-p", "biketwon"))
        .contains("biketwon")
        .contains("biketown");

    assertThat(refused(dryRun(folder.resolve("nowhere.csv")))).contains("nowhere.csv");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(refused(dryRun(empty))).contains(empty.toString());
    Path noColumn =
        file(
            "no-column.csv",
            (HEADER.replace("StartDate", "Date") + "1" + ROW).getBytes(StandardCharsets.UTF_8));
    assertThat(TandemProcess.run(2, dryRun(noColumn)))
        .contains("no-column.csv")
        .contains("StartDate");
    byte[] invalid = (HEADER + "1" + ROW + "2" + ROW).getBytes(StandardCharsets.ISO_8859_1);
    invalid[HEADER.length() + 10] = (byte) 0xC3;
    Path latin = file("latin.csv", invalid);
    assertThat(TandemProcess.run(0, dryRun(latin))).contains("invalid-utf8");
    assertThat(TandemProcess.run(1, dryRun(file("cut.csv.gz", cutGzip())))).contains("cut.csv.gz");

    String down =
        TandemProcess.run(
            1,
            "replay",
            "-p",
            "biketown",
            "--bootstrap",
            "localhost:1",
            "--set",
            "connect.timeout=3s",
            latin.toString());
    assertThat(down).contains("waiting for Kafka at localhost:1").contains("no answer from Kafka");
  }

  @Test
  void shouldKeepWhatItCannotCountAndRefuseTopicsInAWrongState() throws Exception {
    try (TestSystem system = new TestSystem(folder, "biketown")) {
      makeTopic(system, new NewTopic("citibike.events", Optional.of(3), Optional.empty()));
      assertThat(refused("topics", "create", "-p", "citibike", "--bootstrap", system.bootstrap()))
          .contains("citibike.events has 3 partitions, must have 4")
          .contains("must have message.timestamp.type=LogAppendTime");
      makeTopic(system, new NewTopic("citibike.claims", Optional.of(2), Optional.empty()));
      assertThat(refused("topics", "create", "-p", "citibike", "--bootstrap", system.bootstrap()))
          .contains("citibike.events has 3 partitions, must have 2")
          .contains("citibike.claims has cleanup.policy=delete, must have cleanup.policy=compact");
      assertThat(
              TandemProcess.run(
                  2, "up", "-p", "citibike", "--port", "0", "--bootstrap", system.bootstrap()))
          .contains("citibike.claims");

      Map<String, String> expected = sendInvalid(system.bootstrap());
      system.run(1, "replay", file("cut2.csv.gz", cutGzip()).toString());
      Map<String, String> reasons = new HashMap<>();
      long deadline = System.nanoTime() + 60_000_000_000L;
      while (!reasons.keySet().containsAll(expected.keySet()) && System.nanoTime() < deadline) {
        reasons = rejected(system.bootstrap());
      }
      assertThat(reasons).containsAllEntriesOf(expected);
      assertThat(system.app().isAlive()).isTrue();
      assertThat(system.get("/api/v1/biketown")).contains("\"rejected\":" + expected.size());
    }
  }

  private static void makeTopic(TestSystem system, NewTopic topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", system.bootstrap()))) {
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  private static String refused(String... command) throws InterruptedException {
    String output = TandemProcess.run(2, command);
    assertThat(output.strip().lines().filter(line -> !line.startsWith("waiting for Kafka")))
        .as("one line, no stack trace")
        .hasSize(1);
    return output;
  }

  private static String[] dryRun(Path file) {
    return new String[] {"replay", "-p", "biketown", "--dry-run", file.toString()};
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] cutGzip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(HEADER.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 20_000; i++) {
        gzip.write((i + ROW).getBytes(StandardCharsets.UTF_8));
      }
    }
    return Arrays.copyOf(out.toByteArray(), out.size() * 2 / 3);
  }

  /** By value (its beginning), the reason that each must get. */
  private static Map<String, String> sendInvalid(String bootstrap) {
    Map<String, String> expected = new HashMap<>();
    Map<String, byte[]> values = new HashMap<>();
    String start = "\"started_at\":\"2017-07-01T08:00:00-07:00\"";
    put(values, expected, "[1,2,3]", "not-an-object");
    put(values, expected, "{\"trip_id\":\"a\",", "not-json");
    put(values, expected, "{\"trip_id\":7," + start + "}", "wrong-type");
    put(
        values,
        expected,
        "{\"trip_id\":\"b\",\"started_at\":\"9999-01-01T00:00:00Z\"}",
        "future-time");
    put(values, expected, "{\"started_at\":\"2017-07-01T08:00:00-07:00\"}", "missing-id");
    put(values, expected, "{\"trip_id\":\"other\"," + start + "}", "key-mismatch");
    put(values, expected, "x".repeat(1_000_000), "not-json");
    expected.put("\uFFFD", "invalid-utf8");
    values.put("\uFFFD", new byte[] {(byte) 0xFF});
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrap, "max.request.size", 2_000_000);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      values.forEach(
          (name, value) ->
              producer.send(new ProducerRecord<>("biketown.events", key(name), value)));
    }
    return expected;
  }

  private static byte[] key(String value) {
    return (value.contains("\"b\"") ? "b" : "a").getBytes(StandardCharsets.UTF_8);
  }

  private static void put(
      Map<String, byte[]> values, Map<String, String> expected, String value, String reason) {
    values.put(abbreviated(value), value.getBytes(StandardCharsets.UTF_8));
    expected.put(abbreviated(value), reason);
  }

  private static String abbreviated(String value) {
    return value.length() <= 100 ? value : value.substring(0, 100);
  }

  private static Map<String, String> rejected(String bootstrap) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
    Map<String, String> reasons = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor("biketown.rejected")
          .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      for (int empty = 0; empty < 5; ) {
        boolean none = true;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(300))) {
          none = false;
          reasons.put(
              abbreviated(new String(record.value(), StandardCharsets.UTF_8)),
              new String(
                  record.headers().lastHeader("tandem-reason").value(), StandardCharsets.UTF_8));
        }
        empty += none ? 1 : 0;
      }
    }
    return reasons;
  }
}
