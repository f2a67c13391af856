package dev.tandem.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.decision.BaselineRecords;
import dev.tandem.core.decision.WeekProfile;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.LocalKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same history against the same baseline gives the same alerts, each exactly once: at once and
 * undisturbed, or in pieces to an app that is killed again and again.
 */
@Timeout(400)
class DecisionsIT {
  private static final long START = 1_498_892_400_000L;
  private static final long MINUTE = 60_000L;
  private static final int DAYS = 8;
  private static final int STATIONS = 8;

  @TempDir Path dir;

  @Test
  void shouldDecideTheSameHoweverOftenItIsKilled() throws Exception {
    Path config = DecidingPipeline.config(dir);
    PipelineDefinition pipeline = DecidingPipeline.load(dir);
    List<Event> trips = trips(pipeline.schema());

    List<String> straight = run(pipeline, config, trips, "straight", 1, 0);
    assertThat(straight).doesNotHaveDuplicates();
    for (String decision : List.of("rebalance", "silent", "stuck_clock", "rush")) {
      assertThat(straight.stream().filter(a -> a.contains("\"decision\":\"" + decision + "\"")))
          .as(decision)
          .isNotEmpty();
    }

    List<String> killed = run(pipeline, config, trips, "killed", 6, straight.size());
    assertThat(killed).containsExactlyInAnyOrderElementsOf(straight);
  }

  /**
   * The alerts of a run, key and value.
   *
   * @param pieces that the trips are sent in; behind each but the last the app is killed
   * @param awaited how many alerts there must be in the end; 0: as many as there are when no more
   *     come
   */
  private List<String> run(
      PipelineDefinition pipeline,
      Path config,
      List<Event> trips,
      String name,
      int pieces,
      int awaited)
      throws Exception {
    EventJson json = new EventJson(pipeline);
    Topics topics = Topics.of(pipeline);
    Path state = dir.resolve(name + "-app");
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(dir.resolve(name + "-kafka")))) {
      Map<String, String> client = Map.of("bootstrap.servers", kafka.bootstrap());
      try (Admin admin = Admin.create(new HashMap<>(client))) {
        new TopicAdmin(admin, topics, Optional.empty()).create(4);
      }
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              new HashMap<>(client), new ByteArraySerializer(), new ByteArraySerializer())) {
        baseline(pipeline)
            .forEach(
                r ->
                    producer.send(
                        new ProducerRecord<>(topics.baselines(), r.getKey(), r.getValue())));
        producer.flush();
        AppProcess app = AppProcess.up(kafka.bootstrap(), state, "--config", config.toString());
        try {
          int size = trips.size() / pieces + 1;
          for (int from = 0; from < trips.size(); from += size) {
            for (Event trip : trips.subList(from, Math.min(trips.size(), from + size))) {
              byte[] id = trip.id().getBytes(StandardCharsets.UTF_8);
              producer.send(new ProducerRecord<>(topics.events(), id, json.write(trip)));
            }
            producer.flush();
            if (from + size < trips.size()) {
              // Somewhere in its work: what it had not committed is done again.
              Thread.sleep(400);
              app.kill();
              app = AppProcess.up(kafka.bootstrap(), state, "--config", config.toString());
            }
          }
          return alerts(client, topics.alerts(), awaited);
        } finally {
          app.kill();
        }
      }
    }
  }

  private static List<String> alerts(Map<String, String> client, String topic, int awaited) {
    try (TopicReader reader = new TopicReader(client)) {
      List<List<String>> looks = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(120))
          .pollInterval(Duration.ofSeconds(3))
          .until(
              () -> {
                List<String> now = new ArrayList<>();
                reader.readAll(topic, r -> now.add(text(r.key()) + " " + text(r.value())));
                looks.add(now);
                int n = looks.size();
                return now.size() >= Math.max(1, awaited)
                    && n > 3
                    && looks.get(n - 4).size() == now.size();
              });
      return looks.get(looks.size() - 1);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Every station usually has two departures and two arrivals an hour. */
  private static List<Map.Entry<byte[], byte[]>> baseline(PipelineDefinition pipeline) {
    double[] two = new double[168];
    Arrays.fill(two, 2);
    Map<String, WeekProfile> stations = new HashMap<>();
    for (int i = 0; i < STATIONS; i++) {
      stations.put("station " + i, new WeekProfile(two, two));
    }
    Map<AggregateDefinition, Map<String, WeekProfile>> profiles =
        pipeline.decisions().aggregates().stream().collect(Collectors.toMap(a -> a, a -> stations));
    return BaselineRecords.of(
        "3", "2017-01-02T00:00:00-08:00", "2017-07-01T00:00:00-07:00", profiles, Map.of());
  }

  /**
   * In the order of their starts, but for some that come late; by day one station fills up, one is
   * silent for a day, one rents out all at once, and a clock is stuck.
   */
  private static List<Event> trips(Schema schema) {
    Random random = new Random(11);
    List<Event> trips = new ArrayList<>();
    for (int hour = 0; hour < DAYS * 24; hour++) {
      int rush = hour % 24 == 9 ? 30 : 0;
      for (int i = 0; i < 16 + rush; i++) {
        int from = i >= 16 ? 5 : random.nextInt(STATIONS);
        int to = hour % 24 > 15 && random.nextInt(2) == 0 ? 1 : random.nextInt(STATIONS);
        if (from == 3 && hour / 24 == 4) {
          from = 2;
        }
        long start = START + (hour * 60L + i * 60L / (16 + rush)) * MINUTE;
        long lateness = random.nextInt(40) == 0 ? 90 * MINUTE : 0;
        trips.add(trip(schema, trips.size(), start - lateness, from, to));
      }
    }
    return trips;
  }

  private static Event trip(Schema schema, int n, long start, int from, int to) {
    Event event = new Event(schema);
    event.setText(schema.id(), "trip-" + n);
    event.setNumber(schema.time(), start);
    long end = n % 1_000 == 777 ? start + 20_000L * 1_440 * MINUTE : start + 12 * MINUTE;
    event.setNumber(schema.find("ended_at").orElseThrow(), end);
    event.setText(schema.find("start_station").orElseThrow(), "station " + from);
    event.setText(schema.find("end_station").orElseThrow(), "station " + to);
    event.setText(schema.find("bike").orElseThrow(), "bike " + n % 50);
    return event;
  }
}
