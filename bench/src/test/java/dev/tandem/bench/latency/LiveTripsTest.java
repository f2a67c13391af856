package dev.tandem.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.bench.work.Work;
import dev.tandem.core.kafka.Partitioning;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTripsTest {
  private static final int PARTITIONS = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LiveTrips trips =
      new LiveTrips(Work.biketown(Path.of(System.getProperty("tandem.home"))), PARTITIONS);

  /** Otherwise a row that counts n events might count others than the first n. */
  @Test
  void shouldPutAllDeparturesOfAStationIntoOnePartition() throws Exception {
    Map<String, Integer> partitions = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      LiveTrips.Trip trip = trips.next(Instant.parse("2026-11-01T09:30:00Z"));
      String station = JSON.readTree(trip.json()).path("start_station").textValue();
      int partition = Partitioning.ofEvent(trip.id(), PARTITIONS);
      assertThat(partitions.merge(station, partition, (a, b) -> a.equals(b) ? a : -1))
          .isEqualTo(partition);
    }
    assertThat(partitions).hasSize(148).containsValues(0, 1, 2, 3);
  }

  @Test
  void shouldNameTheRowOfTheHourThatATripBeganIn() throws Exception {
    LiveTrips.Trip trip = trips.next(Instant.parse("2026-11-01T09:00:00Z"));
    JsonNode event = JSON.readTree(trip.json());
    JsonNode row = JSON.readTree(trip.departures());
    assertThat(row.path("key").path("start_station")).isEqualTo(event.path("start_station"));
    // The second hour from one to two of the day that summer time ends on.
    assertThat(event.path("ended_at").textValue()).isEqualTo("2026-11-01T01:00:00-08:00");
    assertThat(row.path("window").textValue()).isEqualTo("2026-11-01T01:00:00-07:00");
  }
}
