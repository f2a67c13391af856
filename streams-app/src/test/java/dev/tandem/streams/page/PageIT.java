package dev.tandem.streams.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.config.Home;
import dev.tandem.core.config.Settings;
import dev.tandem.core.decision.BaselineRecords;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.time.TimeRange;
import dev.tandem.localkafka.LocalKafka;
import dev.tandem.streams.StreamsApp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every view of the page over all 21 real files, in a real browser: what it shows is what DuckDB
 * computes.
 */
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(
    value = "isPossible",
    disabledReason =
        "needs Debian's chromium and chromium-driver, and biketown/ in the folder TANDEM_DATA")
class PageIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");
  private static final Topics TOPICS = Topics.of(PIPELINE);
  private static final String JULY = "started >= '2017-07-01' AND started < '2017-08-01'";

  @TempDir static Path dir;
  private static Browser browser;
  private static TripsInDuckDb duckdb;
  private static LocalKafka kafka;
  private static StreamsApp app;
  private static String url;

  static boolean isPossible() {
    return Browser.isThere() && RealTrips.areThere();
  }

  @BeforeAll
  static void start() throws Exception {
    Path folder = RealTrips.folder();
    browser = Browser.start();
    duckdb = new TripsInDuckDb(folder);
    kafka = LocalKafka.start(LocalKafka.Config.in(dir.resolve("kafka")));
    Settings settings =
        Settings.load(
            Home.find(),
            Home.find().resolve("config"),
            Map.of(
                "bootstrap", kafka.bootstrap(),
                "http.port", "0",
                "state.dir", dir.resolve("state").toString()),
            Map.of());
    app = new StreamsApp(settings, List.of(PIPELINE), text -> {});
    url = app.start();
    long sent = RealTrips.send(PIPELINE, folder, kafka.bootstrap());
    record(run());
    await()
        .atMost(Duration.ofMinutes(10))
        .until(
            () -> {
              JsonNode pipeline = get("/api/v1/biketown");
              return pipeline.get("ledger").get("counted").asLong() == sent
                  && pipeline.get("lag").asLong(1) == 0;
            });
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable closeable : new AutoCloseable[] {browser, app, kafka, duckdb}) {
      if (closeable != null) {
        closeable.close();
      }
    }
  }

  @AfterEach
  void shouldHaveNoErrorInTheBrowser() {
    assertThat(browser.errors()).isEmpty();
  }

  private static JsonNode get(String path) throws Exception {
    return JSON.readTree(
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString())
            .body());
  }

  private static void send(String topic, String key, byte[] value) {
    send(topic, key.getBytes(StandardCharsets.UTF_8), value);
  }

  private static void send(String topic, byte[] key, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, key, value));
    }
  }

  private static void record(Run run) {
    send(TOPICS.runs(), run.id(), run.toBytes());
  }

  /** A backfill that made a row of three trips one of two. */
  private static Run run() throws Exception {
    String rows = "\"compared\":100,\"unchanged\":99,\"corrected\":1,\"added\":0,\"removed\":0";
    JsonNode report =
        JSON.readTree(
            """
            {"dry_run":false,"source":"both","acknowledged":true,"published":1,
             "events":{"files":{"read":5},"log":{"read":5},"in_range":5,"counted":5,"claimed":0,"released":0,
               "causes":{"missing":0,"altered":1,"not_in_files":0,"duplicated":0,"values_excluded":0}},
             "rows":{%s},
             "aggregates":[{"aggregate":"departures_hourly","definition":"d",%s,"rows":7,"digest":"cafe0123","largest":[
               {"window":"2017-07-01T08:00:00-07:00","key":{"start_station":"SW 3rd at Ankeny"},
                "old":{"trips":3},"new":{"trips":2},
                "why":{"missing":0,"altered":1,"not_in_files":0,"duplicated":0,"values_excluded":0}}]}],
             "seconds":{}}
            """
                .formatted(rows, rows));
    return Run.started(1, TimeRange.ALL, PIPELINE.zone(), "both", Map.of(), List.of("2017_07.csv"))
        .committed(report);
  }

  @Test
  @Order(1)
  void shouldShowTheKnownTotals() throws Exception {
    browser.open(url + "/");
    assertThat(browser.figure("Trips")).isEqualTo("519,500");
    assertThat(browser.figure("Average duration")).isEqualTo("25 min");
    assertThat(browser.figure("Distance")).isEqualTo("995,473 mi");
    assertThat(browser.table("Top start stations"))
        .isEqualTo(
            duckdb.rows(
                "SELECT start_station, count(*) AS n FROM trips WHERE start_station IS NOT NULL"
                    + " GROUP BY 1 ORDER BY n DESC, 1 LIMIT 10"));
    assertThat(browser.table("Top end stations"))
        .isEqualTo(
            duckdb.rows(
                "SELECT end_station, count(*) AS n FROM trips WHERE end_station IS NOT NULL"
                    + " GROUP BY 1 ORDER BY n DESC, 1 LIMIT 10"));
    assertThat(browser.headline("Top end stations"))
        .startsWith(
            duckdb.one(
                "SELECT printf('%.1f%%', 100.0 * count(*) FILTER (end_station IS NULL) / count(*))"
                    + " FROM trips"));
    assertThat(browser.table("Payment plans"))
        .extracting(row -> row.subList(0, 2))
        .isEqualTo(duckdb.rows("SELECT plan, count(*) AS n FROM trips GROUP BY 1 ORDER BY n DESC"));
  }

  @Test
  @Order(2)
  void shouldShowEveryWeekAndEveryHourOfTheWeek() throws Exception {
    browser.open(url + "/#/biketown/overview");
    assertThat(browser.table("Trips a week"))
        .isEqualTo(
            duckdb.rows(
                "SELECT strftime(date_trunc('week', started), 'Week of %-d %b %Y'), count(*) FROM"
                    + " trips GROUP BY date_trunc('week', started) ORDER BY date_trunc('week',"
                    + " started)"));
    List<List<String>> hours = browser.table("Trips by weekday and hour");
    assertThat(hours).hasSize(24);
    assertThat(hours.get(17).subList(1, 8))
        .isEqualTo(
            duckdb
                .rows(
                    "SELECT count(*) FROM trips WHERE hour(started) = 17"
                        + " GROUP BY isodow(started) ORDER BY isodow(started)")
                .stream()
                .map(row -> row.get(0))
                .toList());
  }

  /** A range, a plan and a station at once: each panel follows. */
  @Test
  @Order(3)
  void shouldFilterEveryPanel() throws Exception {
    browser.open(
        url
            + "/#/biketown/overview?from=2017-07-01&to=2017-07-31&plan=Casual&start_station=SW+3rd+at+Ankeny");
    String where = " WHERE plan = 'Casual' AND start_station = 'SW 3rd at Ankeny' AND " + JULY;
    String trips = duckdb.one("SELECT count(*) FROM trips" + where);
    await().atMost(Duration.ofMinutes(2)).until(() -> browser.figure("Trips").equals(trips));
    assertThat(browser.table("Payment plans").get(0).subList(0, 2))
        .containsExactly("Casual", trips);
    assertThat(browser.table("Top start stations"))
        .containsExactly(List.of("SW 3rd at Ankeny", trips));
    assertThat(browser.table("Top end stations"))
        .isEqualTo(
            duckdb.rows(
                "SELECT end_station, count(*) AS n FROM trips"
                    + where
                    + " AND end_station IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1 LIMIT 10"));
    assertThat(browser.headline("Duration")).contains("median").contains("95 %");
    assertThat(browser.table("Duration").get(4)).first().isEqualTo("values");
    assertThat(browser.text()).doesNotContain("Not known for this filter");
  }

  @Test
  @Order(4)
  void shouldShowStationsAndTheRoutesOfOne() throws Exception {
    browser.open(url + "/#/biketown/map?from=2017-07-01&to=2017-07-31");
    List<List<String>> places = browser.table("Places");
    assertThat(places.get(0).subList(0, 2))
        .isEqualTo(
            duckdb
                .rows(
                    "SELECT start_station, count(*) AS n FROM trips WHERE start_station IS NOT NULL"
                        + " AND "
                        + JULY
                        + " GROUP BY 1 ORDER BY n DESC LIMIT 1")
                .get(0));
    browser.click("button", "SW 3rd at Ankeny");
    await().atMost(Duration.ofMinutes(1)).until(() -> browser.text().contains("Most go to"));
    assertThat(browser.table("Places").get(0))
        .isEqualTo(
            duckdb
                .rows(
                    "SELECT coalesce(end_station, 'outside a place'), count(*) AS n FROM trips"
                        + " WHERE start_station = 'SW 3rd at Ankeny' AND "
                        + JULY
                        + " GROUP BY 1 ORDER BY n DESC LIMIT 1")
                .get(0));
  }

  @Test
  @Order(5)
  void shouldShowWhatARunChangedAndWhy() {
    browser.open(url + "/#/biketown/corrections");
    assertThat(browser.figure("Corrected")).isEqualTo("1");
    assertThat(browser.table("Largest changes").get(0))
        .containsExactly(
            "Departures hourly",
            "1 Jul 2017, 08:00",
            "SW 3rd at Ankeny",
            "Trips 3 → 2",
            "1 other values in the stream");
    assertThat(browser.table("Certificate").get(0)).contains("cafe0123");
    assertThat(browser.headline("Before and after")).isEqualTo("1 changed rows");
  }

  @Test
  @Order(6)
  void shouldShowHowItDoes() {
    browser.open(url + "/#/biketown/health");
    assertThat(browser.figure("State")).isEqualTo("Ready");
    assertThat(browser.text()).contains("Balanced: 519,500 read, 519,500 accounted for");
    assertThat(browser.table("Instances")).hasSize(1);
    // Four of each half, and the one that decides.
    assertThat(browser.table("Tasks of this process")).hasSize(9);
    assertThat(browser.text()).contains("Every record was valid.");
  }

  /** Trips of 2017 that end in 2080; a station that fills up. */
  @Test
  @Order(7)
  void shouldShowWhatItDecides() {
    browser.open(url + "/#/biketown/decisions?decision=stuck_clock&state=raised");
    await().until(() -> browser.text().contains("Stuck clock"));
    assertThat(browser.table("History"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.toString()).contains("Stuck clock", "ended_at"));
    browser.open(url + "/#/biketown/decisions?decision=rebalance");
    await().until(() -> browser.text().contains("came than left"));
    assertThat(browser.figure("Normal")).isEqualTo("Not learned");
    learn("7");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> browser.figure("Normal").equals("Version 7"));
    assertThat(browser.text()).contains("from the next hour of events on; so far limits alone");
  }

  /** A baseline of nothing, as a backfill publishes it. */
  private static void learn(String version) {
    BaselineRecords.of(
            version, "2016-07-19T00:00:00-07:00", "2018-04-01T00:00:00-07:00", Map.of(), Map.of())
        .forEach(r -> send(TOPICS.baselines(), r.getKey(), r.getValue()));
  }

  @Test
  @Order(8)
  void shouldFitAPhone() {
    browser.resize(500, 900);
    for (String view : List.of("overview", "map", "corrections", "decisions", "health")) {
      browser.open(url + "/#/biketown/" + view);
      await().until(() -> !browser.text().contains("Loading"));
      assertThat(browser.isWide()).as(view).isFalse();
    }
    browser.resize(1440, 1000);
  }

  /** Nobody reloads the page. */
  @Test
  @Order(9)
  void shouldMoveWhenAnEventArrives() {
    browser.open(url + "/#/biketown/overview");
    assertThat(browser.figure("Trips")).isEqualTo("519,500");
    send(
        TOPICS.events(),
        "new",
        "{\"trip_id\":\"new\",\"started_at\":\"2018-03-31T12:00:00-07:00\"}"
            .getBytes(StandardCharsets.UTF_8));
    await().atMost(Duration.ofMinutes(2)).until(() -> browser.figure("Trips").equals("519,501"));
  }
}
