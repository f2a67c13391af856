package dev.tandem.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.LocalKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(400)
class RejectedIT {
  private static final AtomicInteger PIPELINES = new AtomicInteger();

  @TempDir static Path brokerDir;
  private static LocalKafka kafka;
  private static Log log;

  @TempDir Path dir;
  private TinyPipeline tiny;
  private Topics topics;

  @BeforeAll
  static void startBroker() {
    kafka = LocalKafka.start(LocalKafka.Config.in(brokerDir));
    log = new Log(kafka.bootstrap());
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @BeforeEach
  void definePipeline() {
    tiny = new TinyPipeline(dir, "letters" + PIPELINES.incrementAndGet());
    topics = Topics.of(tiny.definition());
  }

  @Test
  void shouldSendRowsAgainOnceTheDefinitionReadsThem() throws Exception {
    Path rows =
        tiny.csv("one.csv", List.of("a,10", ",", "b,2017-07-01T00:00:00Z", "c,2017-07-02T00:00Z"));
    assertThat(run("replay", rows).out()).contains("1 events published, 3 rejected");
    assertThat(run("rejected").out())
        .containsPattern("blank +1 +0 +1 ")
        .containsPattern("unreadable-time +2 +0 +2 ")
        .contains("3 rejected records: 0 repaired, 3 open");
    assertThat(run("rejected", "--replay").out())
        .contains("3 rejected records, 0 sent again before, 0 sent again now, 3 still rejected");

    tiny.redefine("at: {from: at, as: epoch_ms}", "at: {from: at, as: iso}");
    assertThat(run("rejected", "--replay", "--dry-run").out()).contains("2 would be sent again");
    assertThat(log.keys(topics.events())).containsExactly("a");
    assertThat(run("rejected", "--replay").out())
        .contains("0 sent again before, 2 sent again now, 1 still rejected");
    assertThat(run("rejected", "--replay").out())
        .contains("2 sent again before, 0 sent again now, 1 still rejected");

    // Rejected once more, as by a rebuild of the app: it was sent.
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      log.records(topics.rejected())
          .forEach(
              r ->
                  producer.send(
                      new ProducerRecord<>(
                          topics.rejected(), null, r.key(), r.value(), r.headers())));
    }
    assertThat(run("rejected", "--replay").out())
        .contains("6 rejected records, 4 sent again before, 0 sent again now, 2 still rejected");

    List<ConsumerRecord<byte[], byte[]>> events = log.records(topics.events());
    assertThat(events).extracting(r -> Log.text(r.key())).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(events).allMatch(r -> r.partition() == Partitioning.ofEvent(r.key(), 4));
    assertThat(run("rejected", "--list", "--reason", "unreadable-time").out())
        .contains(rows + ":4", "unreadable-time (repaired)", "b,2017-07-01T00:00:00Z")
        .contains("4 rejected records: 4 repaired, 0 open");
    JsonNode json = new ObjectMapper().readTree(run("rejected", "--json", "--limit", "9").out());
    assertThat(json.get("repaired").asLong()).isEqualTo(4);
    assertThat(json.get("list")).hasSize(6);
    assertThat(json.get("list").get(0).get("columns").asText()).isEqualTo("id,at");
  }

  @Test
  void shouldWriteFilesThatCanBeRepairedByHandAndReplayed() throws Exception {
    assertThat(run("replay", tiny.csv("one.csv", List.of("a,10", "b,soon"))).status()).isZero();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.send(rejected(1, "{\"name\":\"c\",\n\"at\":7}", "wrong-type"));
    }
    Path out = dir.resolve("letters.csv");
    String said = run("rejected", "--out", out).out();
    List<Path> files = List.of(out, dir.resolve("letters-2.csv"));
    Path csv = Files.readString(files.get(0)).startsWith("id") ? files.get(0) : files.get(1);
    Path json = csv.equals(files.get(0)) ? files.get(1) : files.get(0);
    assertThat(said).contains("replay -p " + topics.pipeline() + " --events " + json);
    assertThat(Files.readString(csv)).isEqualTo("id,at\nb,soon\n");
    assertThat(Files.readString(json)).isEqualTo("{\"name\":\"c\", \"at\":7}\n");
    assertThat(run("rejected", "--out", out).err()).contains("is there already");

    Files.writeString(csv, Files.readString(csv).replace("soon", "20"));
    Files.writeString(json, Files.readString(json).replace(":7", ":\"2017-07-01T00:00:00Z\""));
    assertThat(run("replay", csv).out()).contains("1 events published, 0 rejected");
    assertThat(run("replay", "--events", json).out()).contains("1 events published, 0 rejected");
    assertThat(log.keys(topics.events())).containsExactlyInAnyOrder("a", "b", "c");
  }

  /** Once killed in the middle of its work, once ended by another one. */
  @Test
  void shouldSendNothingTwiceWhenItIsKilledAndRunAgain() throws Exception {
    int count = 60_000;
    assertThat(run("topics", "create").status()).isZero();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < count; i++) {
        boolean broken = i % 10 == 0;
        String json =
            "{\"name\":\"e" + i + "\",\"at\":\"2017-07-01T00:00:00Z\"" + (broken ? "" : "}");
        producer.send(rejected(i, json, broken ? "not-json" : "wrong-partition"));
      }
    }
    Process killed = startSlowly();
    awaitSent(1);
    killed.destroyForcibly().waitFor();
    assertThat(log.keys(topics.events()).size()).as("when it was killed").isLessThan(count / 2);

    Process ended = startSlowly();
    awaitSent(log.keys(topics.events()).size() + 1);
    String last = run("rejected", "--replay").out();
    assertThat(ended.waitFor()).as("of the one that was ended").isEqualTo(1);
    assertThat(last).contains("60,000 rejected records").contains("6,000 still rejected");
    log.awaitCommits(topics.events());
    assertThat(log.keys(topics.events())).doesNotHaveDuplicates().hasSize(count - count / 10);
    assertThat(log.records(topics.events()))
        .allMatch(r -> r.partition() == Partitioning.ofEvent(r.key(), 4));

    assertThat(run("rejected", "--replay").out())
        .contains("54,000 sent again before, 0 sent again now, 6,000 still rejected");
    assertThat(run("rejected").out())
        .contains("60,000 rejected records: 54,000 repaired, 6,000 open");
    assertThat(log.keys(topics.events())).hasSize(count - count / 10);
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() {
    assertThat(run("topics", "create").status()).isZero();
    assertThat(run("rejected").out()).contains("no rejected records");
    Console reason = run("rejected", "--reason", "wrong-partitoin");
    assertThat(reason.status()).isEqualTo(2);
    assertThat(reason.err()).contains("did you mean wrong-partition?");
    assertThat(run("rejected", "--dry-run").err()).contains("only with --replay");
    assertThat(run("rejected", "--replay", "--list").status()).isEqualTo(2);
    assertThat(run("rejected", "--limit", "0").status()).isEqualTo(2);
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrap()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** As the streams app writes it. */
  private ProducerRecord<byte[], byte[]> rejected(int offset, String value, String reason) {
    byte[] source = (topics.events() + "-0@" + offset).getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topics.rejected(), source, value.getBytes(UTF_8));
    record.headers().add(Topics.REASON_HEADER, reason.getBytes(UTF_8));
    record.headers().add(Topics.ERROR_HEADER, "wrong".getBytes(UTF_8));
    record.headers().add(Topics.SOURCE_HEADER, source);
    return record;
  }

  private List<Object> common() {
    return List.of(
        "-p", topics.pipeline(), "--config", tiny.config(), "--bootstrap", kafka.bootstrap());
  }

  private Console run(Object... command) {
    List<Object> args = new ArrayList<>(List.of(command));
    args.addAll(common());
    Console console = Console.run(args.toArray());
    try {
      log.awaitCommits(topics.events());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return console;
  }

  /** In a process of its own, without a compiler, so that there is a middle of its work. */
  private Process startSlowly() throws IOException {
    List<Object> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Xint",
                "-Dtandem.home=" + System.getProperty("tandem.home"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "rejected",
                "--replay"));
    command.addAll(common());
    return new ProcessBuilder(command.stream().map(Object::toString).toList())
        .redirectErrorStream(true)
        .redirectOutput(Files.createTempFile(brokerDir, "child", ".log").toFile())
        .start();
  }

  private void awaitSent(int count) {
    await().atMost(Duration.ofMinutes(3)).until(() -> log.keys(topics.events()).size() >= count);
  }
}
