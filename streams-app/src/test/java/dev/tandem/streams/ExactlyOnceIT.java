package dev.tandem.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.localkafka.LocalKafka;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost or counted twice on commit, kill, clean stop and rebalance: rows, state for
 * state, are the fold of the distinct trips. It guards the commit hook over a real broker.
 */
@Timeout(480)
class ExactlyOnceIT {
  private static final int BATCH = 400;
  private static final String[] STANDBY = {"--set", "streams.num.standby.replicas=1"};

  @TempDir Path dir;
  private final List<AppProcess> apps = new ArrayList<>();

  @AfterEach
  void killApps() throws InterruptedException {
    for (AppProcess app : apps) {
      app.kill();
    }
  }

  private AppProcess up(LocalKafka kafka, String state, String... more) throws Exception {
    AppProcess app = AppProcess.up(kafka.bootstrap(), dir.resolve(state), more);
    apps.add(app);
    return app;
  }

  private static void send(Trips trips, int batches) throws InterruptedException {
    for (int i = 0; i < batches; i++) {
      trips.send(BATCH);
      Thread.sleep(100);
    }
  }

  private static void awaitRows(Trips trips) {
    await()
        .atMost(Duration.ofSeconds(180))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(trips.published().equals(trips.rows())).isTrue());
  }

  @Test
  void shouldServeTheFoldOfAllTripsWhateverHappens() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(LocalKafka.Config.in(dir.resolve("kafka")));
        Trips trips = new Trips(kafka.bootstrap())) {
      AppProcess app = up(kafka, "a");
      send(trips, 10);
      app.kill();
      send(trips, 3);
      app = up(kafka, "a");
      send(trips, 10);
      app.kill();
      app = up(kafka, "a");
      send(trips, 5);
      app.stop();
      send(trips, 2);
      // A standby becomes active where a task moves: the hook must follow.
      app = up(kafka, "a", STANDBY);
      awaitRows(trips);

      JsonNode status =
          new ObjectMapper().readTree(URI.create(app.url() + "/api/v1/biketown").toURL());
      JsonNode ledger = status.get("ledger");
      assertThat(ledger.get("read").asLong()).isEqualTo(trips.sent());
      assertThat(ledger.get("counted").asLong()).isEqualTo(trips.distinct());
      assertThat(ledger.get("balances").asBoolean()).isTrue();

      AppProcess second = up(kafka, "b", STANDBY);
      send(trips, 10);
      app.stop();
      send(trips, 10);
      awaitRows(trips);
      second.stop();
    }
  }
}
