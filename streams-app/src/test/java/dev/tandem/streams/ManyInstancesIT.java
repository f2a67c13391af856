package dev.tandem.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.localkafka.LocalKafka;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances as one: any of them answers the whole question, while trips come in, one instance
 * is killed and another takes its partitions. An answer may say that it is not complete; one that
 * says it is must hold at least what any answer before its {@code as_of} held, and nothing that was
 * not sent.
 */
@Timeout(400)
class ManyInstancesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOTAL = "/api/v1/biketown/aggregates/trips_hourly?roll=none";

  @TempDir Path dir;
  private final List<AppProcess> apps = new CopyOnWriteArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  /** An answer that came. */
  private record Seen(
      boolean complete, long trips, long asOf, long received, long mostSent, int answered) {}

  @AfterEach
  void killApps() throws InterruptedException {
    for (AppProcess app : apps) {
      app.kill();
    }
  }

  private AppProcess up(LocalKafka kafka, String name) throws IOException {
    AppProcess app =
        AppProcess.up(
            kafka.bootstrap(),
            dir.resolve(name),
            "--set",
            "streams.num.standby.replicas=1",
            "--set",
            "streams.acceptable.recovery.lag=1000000");
    apps.add(app);
    return app;
  }

  private Optional<Seen> ask(AppProcess app, AtomicLong mostSent) throws InterruptedException {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create(app.url() + TOTAL))
                  .timeout(Duration.ofSeconds(30))
                  .build(),
              BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      long received = System.currentTimeMillis();
      JsonNode answer = JSON.readTree(response.body());
      JsonNode row = answer.path("rows").path(0);
      JsonNode asOf = answer.get("as_of");
      return Optional.of(
          new Seen(
              answer.get("complete").asBoolean(),
              row.path("trips").asLong(),
              asOf.isNull() ? 0 : Instant.parse(asOf.asText()).toEpochMilli(),
              received,
              mostSent.get(),
              answer.get("partitions_answered").asInt()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  @Test
  void shouldAnswerAsOneWhileAnInstanceIsKilled() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(dir.resolve("kafka")));
        Trips trips = new Trips(kafka.bootstrap())) {
      AppProcess first = up(kafka, "a");
      AppProcess second = up(kafka, "b");
      AppProcess third = up(kafka, "c");
      AtomicLong mostSent = new AtomicLong();
      try (Askers askers = new Askers(List.of(first, second, third), mostSent)) {
        send(trips, mostSent, 20);
        second.kill();
        send(trips, mostSent, 60);
        AppProcess again = up(kafka, "b");
        send(trips, mostSent, 20);

        awaitAll(List.of(first, third, again), mostSent, trips.distinct());
        check(askers.stop());
        tellAll(List.of(first, third, again), trips);
      }
    }
  }

  /** A row changes in one instance: whoever looks at another sees it move. */
  private void tellAll(List<AppProcess> all, Trips trips) throws Exception {
    List<InputStream> streams = new ArrayList<>();
    try {
      for (AppProcess app : all) {
        URI feed = URI.create(app.url() + "/api/v1/biketown/stream");
        InputStream events =
            http.send(HttpRequest.newBuilder(feed).build(), BodyHandlers.ofInputStream()).body();
        streams.add(events);
        awaitLine(events, "event: ledger");
      }
      for (long before = trips.distinct(); trips.distinct() == before; ) {
        trips.send(1);
      }
      for (InputStream events : streams) {
        awaitLine(events, "\"aggregate\":\"trips_hourly\"");
      }
    } finally {
      for (InputStream events : streams) {
        events.close();
      }
    }
  }

  private static void awaitLine(InputStream events, String part) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = events.read(); b >= 0; b = events.read()) {
      line.append((char) b);
      if (b == '\n') {
        if (line.indexOf(part) >= 0) {
          return;
        }
        line.setLength(0);
      }
    }
    throw new IOException("the events ended without " + part);
  }

  /**
   * An update: one after the other is stopped, and started when the others are ready. The others
   * answer meanwhile; what nobody notices is what the longest time without a whole answer says.
   */
  @Test
  void shouldAnswerWithoutAGapWhileOneAfterTheOtherIsRestarted() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(dir.resolve("kafka")));
        Trips trips = new Trips(kafka.bootstrap())) {
      List<String> names = List.of("a", "b", "c");
      Map<String, AppProcess> running = new TreeMap<>();
      for (String name : names) {
        running.put(name, up(kafka, name));
      }
      AtomicLong mostSent = new AtomicLong();
      send(trips, mostSent, 20);
      awaitAll(List.copyOf(running.values()), mostSent, trips.distinct());
      for (String name : names) {
        AppProcess old = running.remove(name);
        try (Askers askers = new Askers(List.copyOf(running.values()), mostSent)) {
          old.stop();
          send(trips, mostSent, 10);
          AppProcess again = up(kafka, name);
          running.put(name, again);
          send(trips, mostSent, 10);
          awaitAll(List.copyOf(running.values()), mostSent, trips.distinct());
          List<Seen> seen = askers.stop();
          check(seen);
          assertThat(longestGapMillis(seen)).as("without a whole answer, ms").isLessThan(10_000);
        }
      }
    }
  }

  private void awaitAll(List<AppProcess> all, AtomicLong mostSent, long trips) {
    for (AppProcess app : all) {
      await()
          .atMost(Duration.ofSeconds(120))
          .until(
              () -> ask(app, mostSent).filter(s -> s.complete() && s.trips() == trips).isPresent());
    }
  }

  private static long longestGapMillis(List<Seen> seen) {
    long[] whole =
        seen.stream().filter(Seen::complete).mapToLong(Seen::received).sorted().toArray();
    long gap = 0;
    for (int i = 1; i < whole.length; i++) {
      gap = Math.max(gap, whole[i] - whole[i - 1]);
    }
    System.out.printf("at most %,d ms from one whole answer to the next%n", gap);
    return gap;
  }

  /** A client an instance, each of which asks again and again. */
  private final class Askers implements AutoCloseable {
    private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    Askers(List<AppProcess> apps, AtomicLong mostSent) {
      for (AppProcess app : apps) {
        Thread thread = new Thread(() -> ask(app, mostSent));
        thread.start();
        threads.add(thread);
      }
    }

    private void ask(AppProcess app, AtomicLong mostSent) {
      try {
        while (!over.get()) {
          ManyInstancesIT.this.ask(app, mostSent).ifPresent(seen::add);
          Thread.sleep(20);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Throwable e) {
        wrong.add(e);
      }
    }

    /** The answers that came. */
    List<Seen> stop() throws InterruptedException {
      close();
      assertThat(wrong).isEmpty();
      return List.copyOf(seen);
    }

    @Override
    public void close() throws InterruptedException {
      over.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static void send(Trips trips, AtomicLong mostSent, int batches)
      throws InterruptedException {
    for (int i = 0; i < batches; i++) {
      mostSent.set(trips.distinct() + 200L);
      trips.send(200);
      Thread.sleep(150);
    }
  }

  private static void check(List<Seen> seen) {
    List<Seen> complete = seen.stream().filter(Seen::complete).toList();
    long oldest = complete.stream().mapToLong(s -> s.received() - s.asOf()).max().orElse(0);
    System.out.printf(
        "%,d answers, %,d complete, the oldest state %,d ms old%n",
        seen.size(), complete.size(), oldest);
    assertThat(complete.size()).isGreaterThan(50);
    for (Seen answer : complete) {
      assertThat(answer.answered()).isEqualTo(4);
      assertThat(answer.trips()).isLessThanOrEqualTo(answer.mostSent());
      long least =
          complete.stream()
              .filter(s -> s.received() <= answer.asOf())
              .mapToLong(Seen::trips)
              .max()
              .orElse(0);
      assertThat(answer.trips()).as(answer.toString()).isGreaterThanOrEqualTo(least);
    }
    assertThat(seen).anySatisfy(s -> assertThat(s.complete()).isTrue());
  }
}
