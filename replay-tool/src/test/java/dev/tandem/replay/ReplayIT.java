package dev.tandem.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.LocalKafka;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ReplayIT {
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
    tiny = new TinyPipeline(dir, "tiny" + PIPELINES.incrementAndGet());
    topics = Topics.of(tiny.definition());
  }

  @Test
  void shouldPublishEachEventOnceWhereItsIdBelongs() {
    tiny.csv("one.csv", rows("a", 0, 3_000));
    tiny.csv("two.csv", rows("b", 1_500, 3_000));
    Console console = replay(dir);
    assertThat(console.status()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("made the 10 topics")
        .contains("done: 6,000 rows read, 6,000 events published, 0 rejected;");

    List<ConsumerRecord<byte[], byte[]>> records = log.records(topics.events());
    assertThat(records).extracting(r -> Log.text(r.key())).doesNotHaveDuplicates().hasSize(6_000);
    assertThat(records).allMatch(r -> r.partition() == Partitioning.ofEvent(r.key(), 4));
    assertThat(records)
        .extracting(r -> Log.text(r.value()))
        .contains("{\"name\":\"a7\",\"at\":\"1969-12-31T16:00:00.007-08:00\"}");
    for (int p = 0; p < 4; p++) {
      int partition = p;
      assertThat(
              records.stream()
                  .filter(r -> r.partition() == partition)
                  .map(r -> time(Log.text(r.key()))))
          .as("event order in partition " + p)
          .isSorted();
    }
  }

  /** Twice, in the middle of a transaction as likely as not. */
  @Test
  void shouldNeitherRepeatNorSkipWhenItWasKilledAndResumed() throws Exception {
    List<String> bad = List.of(",", "x,", ",12");
    tiny.csv("one.csv", concat(bad, rows("a", 0, 40_000)));
    tiny.csv("two.csv", concat(rows("b", 20_000, 40_000), bad));
    killAfter(15_000);
    killAfter(35_000);

    Console console = replay(dir, "--resume");
    assertThat(console.status()).as(console.err()).isZero();
    assertThat(console.out())
        .contains("resuming replay")
        .contains("80,006 rows read, 80,000 events published, 6 rejected");
    assertThat(log.keys(topics.events())).doesNotHaveDuplicates().hasSize(80_000);
    assertThat(log.keys(topics.rejected())).doesNotHaveDuplicates().hasSize(6);

    Console again = replay(dir, "--resume");
    assertThat(again.status()).isZero();
    assertThat(again.out()).contains("nothing to do");
    assertThat(log.keys(topics.events())).hasSize(80_000);
  }

  @Test
  void shouldEndAReplayWhenAnotherOfTheSameFilesStarts() throws Exception {
    tiny.csv("one.csv", rows("a", 0, 20_000));
    CompletableFuture<Console> first =
        CompletableFuture.supplyAsync(() -> replay(dir, "--rate", "2000"));
    await().until(() -> isMade(topics.events()));
    awaitPublished(1_000);
    Console second = replay(dir, "--resume");
    assertThat(second.status()).as(second.err()).isZero();
    assertThat(first.get(30, TimeUnit.SECONDS).status()).isEqualTo(1);
    assertThat(first.get().err()).contains("another one of the same files");
    assertThat(log.keys(topics.events())).doesNotHaveDuplicates().hasSize(20_000);
  }

  private static boolean isMade(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      return admin.listTopics().names().get().contains(topic);
    }
  }

  @Test
  void shouldCommitWhatIsPublishedWhenItIsAskedToStop() throws Exception {
    tiny.csv("one.csv", rows("a", 0, 40_000));
    Process replay = start("--rate", "5000");
    awaitPublished(1);
    replay.destroy();
    assertThat(replay.waitFor()).isNotZero();
    int published = log.keys(topics.events()).size();
    assertThat(published).isBetween(1, 39_999);
    Console console = replay(dir, "--resume");
    assertThat(console.out()).contains("(%,d records by this run)".formatted(40_000 - published));
    assertThat(log.keys(topics.events())).doesNotHaveDuplicates().hasSize(40_000);
  }

  @Test
  void shouldKeepRowsThatAreNoEventsWithFileAndLine() {
    Path file = tiny.csv("one.csv", List.of("a,10", ",", "b,soon", "c,30"));
    assertThat(replay(file).status()).isZero();
    List<ConsumerRecord<byte[], byte[]>> rejected = log.records(topics.rejected());
    assertThat(rejected)
        .extracting(r -> Log.text(r.key()))
        .containsExactlyInAnyOrder(file + ":3", file + ":4");
    assertThat(rejected)
        .filteredOn(r -> Log.text(r.key()).endsWith(":4"))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(Log.text(r.value())).isEqualTo("b,soon");
              assertThat(Log.header(r, Topics.REASON_HEADER)).isEqualTo("unreadable-time");
              assertThat(Log.header(r, Topics.SOURCE_HEADER)).isEqualTo(file + ":4");
              assertThat(Log.header(r, Topics.ERROR_HEADER)).isNotBlank();
            });
  }

  @Test
  void shouldReadStandardInputInEitherFormat() {
    InputStream before = System.in;
    try {
      System.setIn(input("id,at\nb,20\na,10\n,\n"));
      assertThat(replay("-").out()).contains("3 rows read, 2 events published, 1 rejected");
      System.setIn(input("{\"id\":\"c\",\"at\":30}\n{}\n"));
      assertThat(replay("-").out()).contains("2 rows read, 1 events published, 1 rejected");
      System.setIn(input("id,at\na,10\n"));
      Console resumed = replay("-", "--resume");
      assertThat(resumed.status()).isEqualTo(2);
      assertThat(resumed.err()).contains("standard input");
    } finally {
      System.setIn(before);
    }
    assertThat(log.keys(topics.events())).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(log.keys(topics.rejected())).containsExactlyInAnyOrder("stdin:4", "stdin:2");
  }

  /** A live source: whoever counts does not wait for its end, which may never come. */
  @Test
  void shouldPublishWhatStandardInputSentThoughItGoesOn() throws Exception {
    InputStream before = System.in;
    try (PipedOutputStream producer = new PipedOutputStream();
        InputStream input = new BufferedInputStream(new PipedInputStream(producer))) {
      System.setIn(input);
      CompletableFuture<Console> replay = CompletableFuture.supplyAsync(() -> replay("-"));
      List<String> sent = new ArrayList<>();
      for (String id : List.of("a", "b", "c")) {
        String lines = "{\"id\":\"" + id + "\",\"at\":10}\r\nno " + id + "\r\n\r\n";
        producer.write(lines.getBytes(UTF_8));
        producer.flush();
        sent.add(id);
        await()
            .atMost(Duration.ofSeconds(90))
            .ignoreExceptions()
            .untilAsserted(
                () -> {
                  assertThat(log.keys(topics.events())).containsExactlyInAnyOrderElementsOf(sent);
                  assertThat(log.keys(topics.rejected())).hasSize(sent.size());
                });
        assertThat(replay).isNotDone();
      }
      producer.close();
      assertThat(replay.get().out()).contains("6 rows read, 3 events published, 3 rejected");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void shouldPublishOnlyEventsOfTheRange() {
    long noon = 1_500_000_000_000L;
    Path file =
        tiny.csv(
            "one.csv",
            List.of(
                "early," + (noon - 1),
                "first," + noon,
                "last," + (noon + 3_599_999),
                "late," + (noon + 3_600_000)));
    Console console = replay(file, "--from", "2017-07-13T19:40", "--to", "2017-07-13T20:40:00");
    assertThat(console.out()).contains("4 rows read, 2 events published, 0 rejected, 2 outside");
    assertThat(log.keys(topics.events())).containsExactlyInAnyOrder("first", "last");
  }

  @Test
  void shouldPublishWhatCouldBeReadOfATruncatedFileAndFail() {
    Path file = tiny.truncatedGzip("one.csv.gz", rows("a", 0, 30_000));
    Console console = replay(file);
    assertThat(console.status()).isEqualTo(1);
    assertThat(console.err()).contains("one.csv.gz").hasLineCount(1);
    int published = log.keys(topics.events()).size();
    assertThat(published).isBetween(1_000, 29_999);
    assertThat(console.out()).contains("failed: %,d rows read".formatted(published));
  }

  @Test
  void shouldRefuseToResumeWhenAFileHasChanged() throws Exception {
    tiny.csv("one.csv", rows("a", 0, 40_000));
    killAfter(5_000);
    tiny.csv("one.csv", rows("a", 0, 40_001));
    Console console = replay(dir, "--resume");
    assertThat(console.status()).isEqualTo(2);
    assertThat(console.err()).contains("one.csv had", "without --resume");

    tiny.csv("one.csv", rows("a", 0, 40_000));
    Console anew = replay(dir);
    assertThat(anew.out()).contains("starting anew").contains("40,000 events published");
  }

  @Test
  void shouldNameTheBrokerThatDoesNotAnswer() {
    Path file = tiny.csv("one.csv", List.of("a,10"));
    Console console =
        Console.run(
            "replay",
            "-p",
            topics.pipeline(),
            "--config",
            tiny.config(),
            "--set",
            "connect.timeout=6s",
            "--bootstrap",
            "127.0.0.1:1",
            file);
    assertThat(console.status()).isEqualTo(1);
    assertThat(console.err()).contains("no answer from Kafka at 127.0.0.1:1");
    assertThat(console.out()).contains("waiting for Kafka");
  }

  @Test
  void shouldReadAndCountWithoutABrokerOnADryRun() {
    Path file = tiny.csv("one.csv", List.of("a,10", ",", "b,20"));
    Console console =
        Console.run(
            "replay",
            "-p",
            topics.pipeline(),
            "--config",
            tiny.config(),
            "--bootstrap",
            "127.0.0.1:1",
            "--dry-run",
            file);
    assertThat(console.status()).as(console.err()).isZero();
    assertThat(console.out()).containsPattern("one.csv +3 +2 +1 +0 +0 .*blank 1");
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() {
    Path file = tiny.csv("one.csv", List.of("a,10"));
    assertThat(replay(file, "--speed", "fast").err()).contains("--speed fast", "or max");
    assertThat(replay(file, "--rate", "-1").err()).contains("--rate -1");
    assertThat(replay(file, "--from", "2017-01-02", "--to", "2017-01-01").status()).isEqualTo(2);
    assertThat(replay(dir.resolve("none.csv")).err()).contains("No file");
    assertThat(replay("-", file).err()).contains("standard input");
  }

  private Console replay(Object... options) {
    List<Object> args = new ArrayList<>(List.of("replay"));
    args.addAll(common());
    args.addAll(List.of(options));
    Console console = Console.run(args.toArray());
    try {
      log.awaitCommits(topics.events());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return console;
  }

  private List<Object> common() {
    return List.of(
        "-p", topics.pipeline(), "--config", tiny.config(), "--bootstrap", kafka.bootstrap());
  }

  /** Resumes in a process of its own and kills that once so much is committed in all. */
  private void killAfter(int published) throws Exception {
    Process replay = start("--resume", "--rate", "7000");
    try {
      awaitPublished(published);
    } finally {
      replay.destroyForcibly().waitFor();
    }
  }

  private Process start(String... options) throws IOException {
    assertThat(Console.run(concat(List.of("topics", "create"), common()).toArray()).status())
        .isZero();
    List<Object> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dtandem.home=" + System.getProperty("tandem.home"),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "replay",
                dir));
    command.addAll(common());
    command.addAll(List.of(options));
    return new ProcessBuilder(command.stream().map(Object::toString).toList())
        .redirectErrorStream(true)
        .redirectOutput(Files.createTempFile(brokerDir, "child", ".log").toFile())
        .start();
  }

  private void awaitPublished(int count) {
    await().atMost(Duration.ofSeconds(90)).until(() -> log.keys(topics.events()).size() >= count);
  }

  private static long time(String id) {
    return Long.parseLong(id.substring(1)) + (id.startsWith("b") ? 1_500 : 0);
  }

  private static InputStream input(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static List<String> rows(String prefix, long firstTime, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i + "," + (firstTime + i)).toList();
  }

  private static <T> List<T> concat(List<? extends T> one, List<? extends T> two) {
    List<T> all = new ArrayList<>(one);
    all.addAll(two);
    return all;
  }
}
