package dev.tandem.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.LocalKafka;
import dev.tandem.replay.live.Credentials;
import dev.tandem.replay.live.LiveStream;
import dev.tandem.replay.meter.Meter;
import dev.tandem.replay.publish.Ingest;
import dev.tandem.replay.publish.Options;
import dev.tandem.replay.publish.StreamTally;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams that drop, stall, repeat and send garbage, and an ingest that is killed. */
@Timeout(180)
class IngestIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path brokerDir;
  private static LocalKafka kafka;
  private static Log log;

  @TempDir Path dir;

  @BeforeAll
  static void startBroker() {
    kafka = LocalKafka.start(LocalKafka.Config.in(brokerDir));
    log = new Log(kafka.bootstrap());
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void shouldPublishEveryPostOfAWebSocketAndGoOnAtItsCursorWhenKilled() throws Exception {
    TinyPipeline tiny = new TinyPipeline(dir, "socket");
    tiny.redefine(
        "zone:",
        """
        origin:
          cursor: {path: seq, parameter: cursor, rewind: 5}
          only: {kind: post}
        zone:\
        """);
    Topics topics = Topics.of(tiny.definition());
    createTopics(tiny, "socket");
    try (SocketServer server = new SocketServer()) {
      Process first = start("socket", tiny, server.url());
      try {
        awaitDistinct(topics, SocketServer.UNTIL_KILLED);
      } finally {
        first.destroyForcibly().waitFor();
      }
      // What was on its way when the first connection broke is lost, and comes again.
      assertThat(server.cursors()).startsWith("none").endsWith("394", "594").hasSize(4);

      server.sendRest();
      Process second = start("socket", tiny, server.url());
      try {
        awaitDistinct(topics, SocketServer.POSTS);
        log.awaitCommits(topics.events());
      } finally {
        second.destroy();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(server.cursors()).hasSize(5).endsWith("794");
      assertThat(output(second))
          .contains("stopped: ", "4 rejected", "passed over", "the next one goes on at 999");
    }
    assertThat(distinct(topics)).isEqualTo(ids(SocketServer.POSTS));
    assertThat(reasons(topics)).isEqualTo(new TreeMap<>(SocketServer.garbage()));
    List<ConsumerRecord<byte[], byte[]>> rejected = log.records(topics.rejected());
    assertThat(rejected)
        .allMatch(r -> Log.text(r.key()).matches("ws://127.0.0.1:[0-9]+/subscribe:[0-9]+"))
        .anyMatch(r -> Log.text(r.value()).equals("<html>Bad Gateway</html>"));
  }

  @Test
  void shouldPublishEveryLineOfAnAnswerThatGoesOn() throws Exception {
    TinyPipeline tiny = new TinyPipeline(dir, "lines");
    Topics topics = Topics.of(tiny.definition());
    createTopics(tiny, "lines");
    List<String> said = new CopyOnWriteArrayList<>();
    try (LineServer server = new LineServer()) {
      Ingest ingest = ingest(tiny, URI.create(server.url()), said);
      CompletableFuture<Ingest.Result> result = CompletableFuture.supplyAsync(ingest::run);
      awaitDistinct(topics, 400);
      ingest.stop();
      StreamTally tally = result.get(60, TimeUnit.SECONDS).tally();
      assertThat(tally.events()).isEqualTo(440);
      assertThat(tally.rejected()).isEqualTo(2);
      assertThat(server.connections()).isEqualTo(5);
    }
    assertThat(said)
        .anyMatch(line -> line.contains("status 429; connecting again in 0.0 s"))
        .anyMatch(line -> line.contains("broken off"))
        .anyMatch(line -> line.contains("no sign of life for 1.5 s"))
        .anyMatch(line -> line.contains("the server ended the stream"));
    log.awaitCommits(topics.events());
    assertThat(distinct(topics)).isEqualTo(ids(400));
    assertThat(reasons(topics)).isEqualTo(Map.of("not-json", 2));
  }

  private static Ingest ingest(TinyPipeline tiny, URI address, List<String> said) {
    LiveStream.Timing timing =
        new LiveStream.Timing(Duration.ofMillis(1500), Duration.ofMillis(500));
    Options options =
        new Options(
            Map.of("bootstrap.servers", kafka.bootstrap()),
            4,
            Optional.empty(),
            PATIENCE,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            true);
    Meter meter =
        new Meter() {
          @Override
          public void show(long done, long total) {
            // Nobody looks.
          }

          @Override
          public void say(String line) {
            said.add(line);
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    return new Ingest(
        tiny.definition(),
        address,
        last ->
            new LiveStream(
                address,
                PipelineLoader.origin(tiny.config(), tiny.definition().name()),
                last,
                Credentials.of(Map.of(), address),
                timing),
        options,
        meter);
  }

  @Test
  void shouldSayWhatToCheckWhenTheServerRefuses() {
    TinyPipeline tiny = new TinyPipeline(dir, "refused");
    try (SocketServer server = new SocketServer()) {
      Console console =
          Console.run(
              "ingest",
              "-p",
              "refused",
              "--config",
              tiny.config(),
              "--bootstrap",
              kafka.bootstrap(),
              "--url",
              server.url());
      assertThat(console.status()).isEqualTo(1);
      assertThat(console.err())
          .contains("/subscribe answers with status 401: check TANDEM_INGEST_TOKEN")
          .hasLineCount(1);
    }
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() {
    TinyPipeline tiny = new TinyPipeline(dir, "wrong");
    assertThat(ingest(tiny).err()).contains("No stream: name it with --url");
    assertThat(ingest(tiny, "--url", "example.org").err()).contains("no address of a stream");
    assertThat(ingest(tiny, "--url", "wss://me:pw@example.org/").err())
        .contains("no address of a stream")
        .doesNotContain("pw@");
    assertThat(ingest(tiny, "--url", "wss://example.org/", "--cursor", "7").err())
        .contains("--cursor 7: the pipeline's origin has no cursor");
  }

  private static Console ingest(TinyPipeline tiny, String... options) {
    List<Object> args =
        new ArrayList<>(List.of("ingest", "-p", "wrong", "--config", tiny.config()));
    args.addAll(List.of(options));
    Console console = Console.run(args.toArray());
    assertThat(console.status()).isEqualTo(2);
    return console;
  }

  private static void createTopics(TinyPipeline tiny, String pipeline) {
    Console console =
        Console.run(
            "topics",
            "create",
            "-p",
            pipeline,
            "--config",
            tiny.config(),
            "--bootstrap",
            kafka.bootstrap());
    assertThat(console.status()).as(console.err()).isZero();
  }

  private Process start(String pipeline, TinyPipeline tiny, String url) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dtandem.home=" + System.getProperty("tandem.home"),
            "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "ingest",
            "-p",
            pipeline,
            "--config",
            tiny.config().toString(),
            "--bootstrap",
            kafka.bootstrap(),
            "--url",
            url,
            "--set",
            "source.idle.timeout=1500ms",
            "--set",
            "source.retry.max=500ms");
    builder.environment().put("TANDEM_INGEST_TOKEN", SocketServer.TOKEN);
    return builder.redirectErrorStream(true).redirectOutput(dir.resolve("out").toFile()).start();
  }

  private String output(Process ended) throws IOException {
    assertThat(ended.isAlive()).isFalse();
    return Files.readString(dir.resolve("out"));
  }

  private static void awaitDistinct(Topics topics, int count) {
    await().atMost(PATIENCE).until(() -> distinct(topics).size() >= count);
  }

  private static List<String> distinct(Topics topics) {
    return log.keys(topics.events()).stream().distinct().sorted().toList();
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "p" + i).sorted().toList();
  }

  private static Map<String, Integer> reasons(Topics topics) {
    Map<String, Integer> reasons = new TreeMap<>();
    log.records(topics.rejected())
        .forEach(r -> reasons.merge(Log.header(r, Topics.REASON_HEADER), 1, Integer::sum));
    return reasons;
  }
}
