package dev.tandem.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.config.Home;
import dev.tandem.core.config.Settings;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.time.TimeRange;
import dev.tandem.localkafka.LocalKafka;
import dev.tandem.streams.access.Access;
import dev.tandem.streams.http.HttpServer;
import dev.tandem.streams.http.OpenApi;
import dev.tandem.streams.http.Tiles;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every answer that {@code /openapi.json} describes, as a running app gives it. */
@Timeout(300)
class OpenApiIT {
  private static final String P = "/api/v1/{pipeline}";
  private static final String ROWS = P + "/aggregates/{aggregate}";
  private static final String TOKEN = "0123456789abcdef";

  private static final String ALERT =
      """
      {"decision":"rebalance","kind":"imbalance","state":"raised","subject":"A","hour":"2017-07-01T08:00:00-07:00",\
      "raised":"2017-07-01T08:00:00-07:00","value":9,"expected":null,"spread":null,"threshold":5,"why":"9 more leave",\
      "suggestion":{"action":"bring_to","count":4,"partner":"B","distance_km":0.4},\
      "rows":[{"aggregate":"departures_hourly","window":"2017-07-01T08:00:00-07:00","key":{"start_station":"A"}}],\
      "baseline":null,"definitions":{"departures_hourly":"0123456789abcdef"}}\
      """;

  @TempDir static Path dir;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static LocalKafka kafka;
  private static StreamsApp app;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(LocalKafka.Config.in(dir.resolve("kafka")));
    app = new StreamsApp(settings(Map.of()), List.of(Trips.PIPELINE), text -> {});
    url = app.start();
    Topics topics = Topics.of(Trips.PIPELINE);
    try (Trips trips = new Trips(kafka.bootstrap());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      trips.send(3_000);
      producer.send(new ProducerRecord<>(topics.events(), bytes("broken"), bytes("{")));
      producer.send(new ProducerRecord<>(topics.runs(), bytes("7"), failedRun().toBytes()));
      producer.send(new ProducerRecord<>(topics.alerts(), bytes("{}"), bytes(ALERT)));
      producer.flush();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> get(real(P)).body().contains("\"read\":3001,"));
    }
    for (String list : List.of("/runs", "/alerts")) {
      await().atMost(Duration.ofSeconds(60)).until(() -> !get(real(P + list)).body().equals("[]"));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    app.close();
    kafka.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Run failedRun() {
    Run run =
        Run.started(
            7,
            TimeRange.ALL,
            Trips.PIPELINE.zone(),
            "both",
            Map.of("trips_hourly", "0123456789abcdef"),
            List.of("trips.csv"));
    return run.failed("no such file");
  }

  private static Settings settings(Map<String, String> more) {
    Map<String, String> flags = new HashMap<>();
    flags.put("bootstrap", kafka.bootstrap());
    flags.put("http.port", "0");
    flags.put("state.dir", dir.resolve("state").toString());
    flags.putAll(more);
    return Settings.load(Home.find(), Home.find().resolve("config"), flags, Map.of());
  }

  private static HttpRequest.Builder request(String base, String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(url, path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static String real(String path) {
    return path.replace("{pipeline}", "biketown")
        .replace("{aggregate}", "departures_hourly")
        .replace("{run}", "7");
  }

  @Test
  void shouldAnswerAsItIsDocumented() throws Exception {
    JsonNode document = new ObjectMapper().readTree(get("/openapi.json").body());
    OpenApi api = new OpenApi(document);
    for (String operation : api.operations()) {
      if (operation.startsWith("GET ") && !operation.endsWith("/stream")) {
        checkGet(api, operation, operation.substring("GET ".length()));
      }
    }
    checkQueries(api);
    checkStream(api);
    checkTooMany(api);
    checkWithoutToken(api);
    assertThat(api.unseen())
        .as("documented, and never seen")
        .containsExactlyInAnyOrder("503 GET " + ROWS, "503 GET /health/live");
  }

  private static void checkGet(OpenApi api, String operation, String path) throws Exception {
    HttpResponse<String> answer = get(real(path));
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    api.check(operation, answer);
    if (path.contains("{pipeline}")) {
      api.check(operation, get(real(path.replace("{pipeline}", "nothing"))));
    }
    var tag = answer.headers().firstValue("ETag");
    if (tag.isPresent()) {
      HttpResponse<String> again = get(real(path), "If-None-Match", tag.get());
      assertThat(again.statusCode()).as(path).isEqualTo(304);
      api.check(operation, again);
    }
  }

  private static void checkQueries(OpenApi api) throws Exception {
    for (String aggregate : Trips.PIPELINE.aggregates().stream().map(a -> a.name()).toList()) {
      for (String question :
          List.of(
              "", "?by=&roll=none&ranges=true", "?from=1999-01-01&to=1999-01-02", "?by=&top=2")) {
        String path = ROWS.replace("{aggregate}", aggregate) + question;
        HttpResponse<String> answer = get(real(path));
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        api.check("GET " + ROWS, answer);
      }
    }
    for (String wrong : List.of("?roll=year", "?from=yesterday", "?limit=0", "?nothing=1")) {
      HttpResponse<String> answer = get(real(ROWS) + wrong);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      api.check("GET " + ROWS, answer);
    }
    for (String question : List.of("?state=open", "?decision=rebalance&limit=1", "?state=none")) {
      api.check("GET " + P + "/alerts", get(real(P + "/alerts") + question));
    }
    api.check("GET " + P + "/runs/{run}", get(real(P) + "/runs/9"));
  }

  private static void checkStream(OpenApi api) throws Exception {
    HttpResponse<InputStream> stream =
        HTTP.send(request(url, real(P + "/stream")).build(), BodyHandlers.ofInputStream());
    stream.body().close();
    api.check("GET " + P + "/stream", stream);
    api.check("GET " + P + "/stream", get("/api/v1/nothing/stream"));
  }

  /** More at a time than may run and wait. */
  private static void checkTooMany(OpenApi api) {
    String path = real(P) + "/aggregates/routes_daily?by=start_station,end_station&metric=trips";
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> {
              List<CompletableFuture<HttpResponse<String>>> asked =
                  IntStream.range(0, 100)
                      .mapToObj(
                          i -> HTTP.sendAsync(request(url, path).build(), BodyHandlers.ofString()))
                      .toList();
              for (CompletableFuture<HttpResponse<String>> answer : asked) {
                api.check("GET " + ROWS, answer.join());
              }
              return !api.unseen().contains("429 GET " + ROWS);
            });
  }

  /** A server that has a token, and nothing to serve yet. */
  private static void checkWithoutToken(OpenApi api) throws Exception {
    Settings settings = settings(Map.of("http.token", TOKEN));
    try (HttpServer server = new HttpServer(1, Tiles.NONE, Access.of(settings), settings)) {
      server.start("127.0.0.1", 0);
      for (String operation : api.operations()) {
        String[] parts = operation.split(" ", 2);
        HttpRequest request =
            request(server.url(), real(parts[1])).method(parts[0], BodyPublishers.noBody()).build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        if (!parts[1].startsWith("/health/")) {
          assertThat(answer.statusCode()).as(operation).isIn(401, 303);
        }
        api.check(operation, answer);
      }
      HttpRequest logout =
          request(server.url(), "/logout")
              .header("Authorization", "Bearer " + TOKEN)
              .POST(BodyPublishers.noBody())
              .build();
      api.check("POST /logout", HTTP.send(logout, BodyHandlers.ofString()));
    }
  }
}
