package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.reconcile.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of the real topology for what goes in. */
class TandemTopologyTest {
  private static final String MORNING = "2017-07-01T08:15:00-07:00";
  private static final String HOURLY = "trips_hourly 2017-07-01T08:00:00-07:00 {}";

  @TempDir Path stateDir;
  private TopologyHarness app;

  @BeforeEach
  void start() {
    app = new TopologyHarness(stateDir);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void shouldCountAnEventInEveryAggregate() {
    app.event(
        "1",
        MORNING,
        "\"start_station\":\"SW 3rd at Ankeny\",\"duration_s\":600,\"distance_mi\":1.50");
    Map<String, JsonNode> rows = app.published();
    assertThat(rows.keySet())
        .containsExactlyInAnyOrder(
            HOURLY,
            "trips_daily_by_plan 2017-07-01T00:00:00-07:00 {\"plan\":null}",
            "departures_hourly 2017-07-01T08:00:00-07:00 {\"start_station\":\"SW 3rd at Ankeny\"}",
            "stations_monthly 2017-07-01T00:00:00-07:00 {\"start_station\":\"SW 3rd at Ankeny\"}",
            "trips_hourly_by_plan 2017-07-01T08:00:00-07:00 {\"plan\":null}",
            "trips_hourly_by_plan_and_route 2017-07-01T08:00:00-07:00"
                + " {\"plan\":null,\"start_station\":\"SW 3rd at Ankeny\",\"end_station\":null}",
            "routes_daily 2017-07-01T00:00:00-07:00 {\"start_station\":\"SW 3rd at"
                + " Ankeny\",\"end_station\":null}");
    assertThat(rows.get(HOURLY).toString())
        .isEqualTo(
            "{\"trips\":1,\"duration_s\":{\"count\":1,\"sum\":600,\"min\":600,\"max\":600},"
                + "\"distance_mi\":{\"count\":1,\"sum\":1.50,\"min\":1.50,\"max\":1.50},"
                + "\"epoch\":0,\"corrected\":false,\"updated_at\":\"2026-03-01T12:00:00Z\"}");
  }

  @Test
  void shouldCountARepeatedEventOnce() {
    app.event("1", MORNING, "");
    app.event("1", MORNING, "");
    app.event("2", MORNING, "");
    app.later(TopologyHarness.FLUSH);
    assertThat(app.published().get(HOURLY).get("trips").asInt()).isEqualTo(2);
    assertThat(app.board.ledger()).isEqualTo(new Ledger(3, 2, 0, 1, 0, 0));
  }

  @Test
  void shouldPublishAtOnceAndThenOnceAnInterval() {
    app.event("1", MORNING, "");
    assertThat(app.published()).containsKey(HOURLY);
    app.event("2", MORNING, "");
    app.event("3", MORNING, "");
    assertThat(app.published()).doesNotContainKey(HOURLY);
    app.later(TopologyHarness.FLUSH);
    assertThat(app.published().get(HOURLY).get("trips").asInt()).isEqualTo(3);
    app.later(Duration.ofMinutes(1));
    assertThat(app.published()).isEmpty();
  }

  /**
   * Names that Streams makes up shift when the topology changes, and with them topics and state.
   */
  @Test
  void shouldNameEveryProcessorStoreAndTopic() {
    String description =
        TandemTopology.build(
                app.pipeline,
                TopologyHarness.options(4, Optional.empty()),
                epoch -> Optional.empty(),
                app.board)
            .describe()
            .toString();
    assertThat(description)
        .doesNotContain("KSTREAM")
        .contains(
            "Processor: first-half (stores:",
            "Sink: partials-repartition-sink (topic: partials-repartition)",
            "Processor: second-half (stores:");
    assertThat(app.topics.partials())
        .isEqualTo(app.topics.applicationId() + "-partials-repartition");
  }
}
