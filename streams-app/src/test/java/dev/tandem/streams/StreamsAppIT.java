package dev.tandem.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.TandemException;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.cli.Cli;
import dev.tandem.core.config.Home;
import dev.tandem.core.config.Settings;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.row.RowKey;
import dev.tandem.localkafka.LocalKafka;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole app over a real broker, asked as a user asks it: over HTTP and by its commands. */
@Timeout(300)
class StreamsAppIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ODD_REQUESTS = Integer.getInteger("tandem.fuzz.requests", 3_000);
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final Topics TOPICS = Topics.of(Trips.PIPELINE);

  @TempDir static Path dir;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static LocalKafka kafka;
  private static Trips trips;
  private static StreamsApp app;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(LocalKafka.Config.in(dir.resolve("kafka")));
    app = new StreamsApp(settings(Map.of()), List.of(Trips.PIPELINE), text -> {});
    url = app.start();
    trips = new Trips(kafka.bootstrap());
    trips.send(5_000);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> get("/api/v1/biketown").get("ledger").get("read").asLong() == trips.sent());
    await().atMost(Duration.ofSeconds(60)).until(() -> trips.published().equals(trips.rows()));
  }

  @AfterAll
  static void stop() throws Exception {
    trips.close();
    app.close();
    kafka.close();
  }

  private static Settings settings(Map<String, String> more) {
    Map<String, String> flags = new HashMap<>();
    flags.put("bootstrap", kafka.bootstrap());
    flags.put("http.port", "0");
    flags.put("state.dir", dir.resolve("state").toString());
    flags.putAll(more);
    Path home = Home.find();
    return Settings.load(home, home.resolve("config"), flags, Map.of());
  }

  private static HttpResponse<String> ask(String method, String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = ask("GET", path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static JsonNode rows(String path) throws Exception {
    JsonNode answer = get("/api/v1/biketown/aggregates/" + path);
    assertThat(answer.get("complete").asBoolean()).isTrue();
    return answer.get("rows");
  }

  private static RowState sum(String aggregate) {
    long id = Trips.PIPELINE.aggregate(aggregate).orElseThrow().id();
    return trips.rows().entrySet().stream()
        .filter(e -> e.getKey().definitionId() == id)
        .map(Map.Entry::getValue)
        .map(RowState::copy)
        .reduce(
            (a, b) -> {
              a.merge(b);
              return a;
            })
        .orElseThrow();
  }

  @Test
  void shouldAnswerEveryRow() throws Exception {
    for (var aggregate : Trips.PIPELINE.aggregates()) {
      long expected =
          trips.rows().keySet().stream()
              .map(RowKey::definitionId)
              .filter(id -> id == aggregate.id())
              .count();
      assertThat(rows(aggregate.name() + "?to=2018-01-01")).hasSize((int) expected);
    }
  }

  @Test
  void shouldMergeAWholeRange() throws Exception {
    for (String aggregate : List.of("trips_hourly", "departures_hourly", "routes_daily")) {
      JsonNode rows = rows(aggregate + "?roll=none&by=&to=2018-01-01");
      assertThat(rows).hasSize(1);
      assertThat(rows.get(0).get("trips").asLong()).isEqualTo(sum(aggregate).events());
      assertThat(rows.get(0).get("window").isNull()).isTrue();
    }
  }

  @Test
  void shouldDescribeItself() throws Exception {
    JsonNode pipeline = get("/api/v1/biketown");
    assertThat(pipeline.get("ledger").get("counted").asLong()).isEqualTo(trips.distinct());
    assertThat(pipeline.get("ready").asBoolean()).isTrue();
    assertThat(get("/api/v1/biketown/aggregates")).hasSize(8);
    assertThat(get("/api/v1/biketown/runs")).isEmpty();
    assertThat(get("/api/v1/biketown/alerts?decision=rejected")).isEmpty();
    assertThat(get("/health/live").get("status").asText()).isEqualTo("up");
    assertThat(get("/health/ready").get("status").asText()).isEqualTo("up");
  }

  @Test
  void shouldTellThePageWhatToShow() throws Exception {
    JsonNode page = get("/api/v1/biketown/page");
    assertThat(page.get("filters")).hasSize(2);
    assertThat(page.get("panels").get(0).get("sources").get(0).asText()).isEqualTo("trips_hourly");
    assertThat(page.get("map").get("tiles").asText()).isEmpty();
    JsonNode health = get("/api/v1/biketown/health");
    assertThat(health.get("ledger").get("counted").asLong()).isEqualTo(trips.distinct());
    assertThat(health.get("instances")).hasSize(1);
    assertThat(health.get("tasks")).as("of both halves, and the one that decides").hasSize(9);
    assertThat(health.get("stores").findValuesAsText("name")).contains("rows", "event-ids");
    assertThat(health.get("rejected").get("known").asBoolean()).isTrue();
  }

  @Test
  void shouldBlameTheCallerInJson() throws Exception {
    HttpResponse<String> bad = ask("GET", "/api/v1/biketown/aggregates/trips_hourly?roll=year");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(bad.body()).get("parameter").asText()).isEqualTo("roll");
    assertThat(ask("GET", "/api/v1/biketown/aggregates/nothing").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/api/v1/nothing").body()).contains("\"error\":\"no pipeline nothing");
    assertThat(ask("GET", "/api/v1/biketown/runs/7").statusCode()).isEqualTo(404);
    assertThat(ask("POST", "/api/v1/biketown").statusCode()).isIn(404, 405);
    assertThat(bad.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  /** No failure of ours, nothing of the inside, and none takes long. */
  @Test
  void shouldAnswerAnyOddQuestion(TestReporter reporter) throws Exception {
    OddRequests requests = new OddRequests(20171119);
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int i = 0; i < ODD_REQUESTS; i++) {
      String request = requests.next();
      HttpResponse<String> answer =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(url + request)).timeout(MOST).build(),
              BodyHandlers.ofString());
      statuses.merge(answer.statusCode(), 1, Integer::sum);
      assertThat(answer.statusCode()).as("%d: %s", i, request).isLessThan(500);
      if (answer.statusCode() != 200) {
        assertThat(answer.body())
            .as("%d: %s", i, request)
            .doesNotContain("\tat ", "Exception", "java.", "org.");
      }
    }
    reporter.publishEntry("answers", statuses.toString());
    assertThat(statuses).containsKeys(200, 400, 404);
  }

  @Test
  void shouldCountWhatItDoes() throws Exception {
    Map<String, Double> sums = new TreeMap<>();
    ask("GET", "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("tandem_"))
        .forEach(
            line -> {
              String name = line.replaceAll("\\{.*\\}", "").split(" ")[0];
              sums.merge(name, Double.valueOf(line.substring(line.lastIndexOf(' '))), Double::sum);
            });
    assertThat(sums.get("tandem_events_read_total"))
        .isEqualTo(sums.get("tandem_events_total") + sums.get("tandem_events_parked"));
    assertThat(sums).containsEntry("tandem_ledger_balance", 0.0);
    assertThat(ask("GET", "/metrics").body()).contains("kafka_stream");
  }

  /** A dashboard or an alert on a metric that has another name shows nothing, for ever. */
  @Test
  void shouldHaveEveryMetricThatDashboardAndAlertsName() throws Exception {
    Set<String> scraped = metricNames(ask("GET", "/metrics").body());
    Path config = Path.of(System.getProperty("tandem.home"), "config");
    for (String file : List.of("grafana/tandem.json", "prometheus/tandem-alerts.yml")) {
      Set<String> named = metricNames(Files.readString(config.resolve(file)));
      assertThat(named).as(file).isNotEmpty().isSubsetOf(scraped);
    }
  }

  private static Set<String> metricNames(String text) {
    return Pattern.compile("\\btandem_[a-z_]+")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void shouldTellBrowsersWhatChanges() throws Exception {
    HttpResponse<InputStream> stream =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url + "/api/v1/biketown/stream")).build(),
            BodyHandlers.ofInputStream());
    try (InputStream events = stream.body()) {
      assertThat(readUntil(events, "event: ledger")).isTrue();
      send("sse-1", "{\"trip_id\":\"sse-1\",\"started_at\":\"2020-01-01T00:00:00Z\"}");
      assertThat(readUntil(events, "event: rows")).isTrue();
    }
  }

  private static boolean readUntil(InputStream in, String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    int b;
    while ((b = in.read()) >= 0) {
      seen.append((char) b);
      if (seen.toString().endsWith(text)) {
        return true;
      }
    }
    return false;
  }

  private static void send(String key, String value) {
    send(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(byte[] key, byte[] value) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", kafka.bootstrap());
    properties.put("max.request.size", 4 << 20);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(TOPICS.events(), key, value));
    }
  }

  /** With its headers the copy is larger than the record was. */
  @Test
  void shouldKeepARejectedRecordOfAMegabyte() throws Exception {
    byte[] big = new byte[1_040_000];
    new java.util.Random(1).nextBytes(big);
    send("big".getBytes(StandardCharsets.UTF_8), big);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                Stream.of("not-json", "invalid-utf8", "malformed")
                    .flatMap(reason -> rejectedWith(reason).stream())
                    .anyMatch(value -> Arrays.equals(value, big)));
  }

  /** A producer with another partitioner must not split an id's repeats over partitions. */
  @Test
  void shouldRejectAnEventInAPartitionThatIsNotItsOwn() throws Exception {
    byte[] id = "astray".getBytes(StandardCharsets.UTF_8);
    int elsewhere = (Partitioning.ofEvent(id, 4) + 1) % 4;
    byte[] value =
        "{\"trip_id\":\"astray\",\"started_at\":\"2020-01-01T00:00:00Z\"}"
            .getBytes(StandardCharsets.UTF_8);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(TOPICS.events(), elsewhere, id, value));
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> rejectedWith("wrong-partition").stream().anyMatch(v -> Arrays.equals(v, value)));
  }

  private static List<byte[]> rejectedWith(String reason) {
    List<byte[]> found = new ArrayList<>();
    try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      reader.readAll(
          TOPICS.rejected(),
          r -> {
            byte[] header = r.headers().lastHeader(Topics.REASON_HEADER).value();
            if (new String(header, StandardCharsets.UTF_8).equals(reason)) {
              found.add(r.value());
            }
          });
    }
    return found;
  }

  @Test
  void shouldPrintAnswersByCommand() {
    assertThat(run("query", "-p", "biketown", "trips_hourly", "--roll", "none", "--csv"))
        .startsWith("0 window,trips,duration_s.count")
        .contains("," + sum("trips_hourly").events() + ",");
    assertThat(run("query", "-p", "biketown", "departures_hourly", "--top", "2", "--roll", "none"))
        .contains("start_station  trips")
        .hasLineCount(4);
    assertThat(run("query", "-p", "biketown", "nothing")).startsWith("2 tandem: no aggregate");
    assertThat(run("status", "-p", "biketown"))
        .startsWith("0 ")
        .contains("biketown.aggregates", "app      running", "no backfill has run");
  }

  @Test
  void shouldShowTheStatusWhileTheAppIsDown() {
    String status = command("status", "-p", "biketown", "--url", "http://127.0.0.1:1");
    assertThat(status).startsWith("0 ").contains("not running: no answer at http://127.0.0.1:1");
    assertThat(command("query", "-p", "biketown", "trips_hourly", "--url", "http://127.0.0.1:1"))
        .startsWith("1 tandem: the streams app does not answer");
  }

  private static String run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--url", url));
    return command(all.toArray(String[]::new));
  }

  /** Exit status, a blank and all output. */
  private static String command(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--bootstrap", kafka.bootstrap()));
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    int status = Cli.run(new Main(), writer, writer, all.toArray(String[]::new));
    return status + " " + out;
  }

  @Test
  void shouldRefuseTopicsThatDoNotFit() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic("citibike.events", 3, (short) 1))).all().get();
    }
    var citibike =
        dev.tandem.core.definition.PipelineLoader.load(Home.find().resolve("config"), "citibike");
    try (StreamsApp other =
        new StreamsApp(
            settings(Map.of("state.dir", dir.resolve("other").toString())),
            List.of(citibike),
            text -> {})) {
      assertThatThrownBy(other::start)
          .isInstanceOf(TandemException.class)
          .hasMessageContaining("citibike");
    }
  }

  /** An idle app must not write: each commit would be a transaction marker in every topic. */
  @Test
  void shouldBeSilentWhenNothingHappens() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(3))
          .until(
              () -> {
                Map<TopicPartition, Long> before = ends(admin);
                Thread.sleep(2_000);
                return ends(admin).equals(before);
              });
    }
  }

  private static Map<TopicPartition, Long> ends(Admin admin) throws Exception {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    List<String> topics =
        admin.listTopics().names().get().stream()
            .filter(t -> t.contains("changelog") || t.equals(TOPICS.aggregates()))
            .toList();
    admin.describeTopics(topics).allTopicNames().get().values().stream()
        .flatMap(t -> t.partitions().stream().map(p -> new TopicPartition(t.name(), p.partition())))
        .forEach(p -> asked.put(p, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin.listOffsets(asked).all().get().forEach((p, info) -> ends.put(p, info.offset()));
    return ends;
  }
}
