package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.decision.Baselines;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.Topics;
import dev.tandem.streams.DecidingPipeline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real topology decides for what goes in. */
class DecisionsTopologyTest {
  private static final OffsetDateTime NOON = OffsetDateTime.parse("2017-07-03T12:00:00-07:00");

  @TempDir Path dir;
  private TopologyHarness app;
  private int events;

  @BeforeEach
  void start() {
    app = new TopologyHarness(dir.resolve("state"), DecidingPipeline.load(dir), Baselines.NONE);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  /** Trips from A to B, ten minutes each, all in an hour. */
  private void trips(int count, int hour, String from, String to) {
    for (int i = 0; i < count; i++) {
      OffsetDateTime start = NOON.plusHours(hour).plusMinutes(i % 40);
      app.event(
          "trip-" + events++,
          start.toString(),
          "\"start_station\":\"%s\",\"end_station\":\"%s\",\"bike\":\"6\",\"ended_at\":\"%s\""
              .formatted(from, to, start.plusMinutes(10)));
    }
  }

  private List<TestRecord<byte[], byte[]>> alerts() {
    return app.read(app.topics.alerts());
  }

  private static String line(TestRecord<byte[], byte[]> alert) {
    JsonNode json = TopologyHarness.json(alert.value());
    return "%s %s %s %s"
        .formatted(
            json.path("state").asText(),
            json.path("decision").asText(),
            json.path("subject").asText(),
            json.path("hour").asText().substring(11, 16));
  }

  /** Three in a row: a time that stands alone is not believed at first. */
  private void quietHours(int from, int to) {
    for (int hour = from; hour < to; hour++) {
      trips(3, hour, "C", "C");
    }
  }

  @Test
  void shouldRaiseOnceAndClearOnceWhenEventTimeIsPastTheHour() {
    trips(12, 0, "A", "B");
    assertThat(alerts()).as("the hour is not over").isEmpty();
    quietHours(1, 3);
    List<TestRecord<byte[], byte[]>> raised = alerts();
    assertThat(raised)
        .extracting(DecisionsTopologyTest::line)
        .containsExactly("raised rebalance A 12:00", "raised rebalance B 12:00");
    JsonNode a = TopologyHarness.json(raised.get(0).value());
    assertThat(a.path("suggestion").path("action").asText()).isEqualTo("bring_to");
    assertThat(a.path("suggestion").path("partner").asText()).isEqualTo("B");
    assertThat(a.path("value").asInt()).isEqualTo(-12);
    quietHours(3, 7);
    assertThat(alerts())
        .extracting(DecisionsTopologyTest::line)
        .containsExactly("cleared rebalance A 15:00", "cleared rebalance B 15:00");
    quietHours(7, 12);
    assertThat(alerts()).isEmpty();
  }

  /** All else in an alert follows from the log, so that it can be compared. */
  @Test
  void shouldHaveTheWallClockInAHeaderOnly() {
    trips(12, 0, "A", "B");
    quietHours(1, 3);
    TestRecord<byte[], byte[]> alert = alerts().get(0);
    assertThat(
            new String(
                alert.headers().lastHeader(Topics.DECIDED_AT_HEADER).value(),
                StandardCharsets.UTF_8))
        .isEqualTo(TopologyHarness.START.toString());
    assertThat(new String(alert.value(), StandardCharsets.UTF_8))
        .doesNotContain(TopologyHarness.START.toString().substring(0, 10));
  }

  @Test
  void shouldDecideOnRepeatsAndRejectedRecords() {
    trips(12, 0, "A", "B");
    events = 0;
    trips(12, 0, "A", "B");
    for (int i = 0; i < 12; i++) {
      app.log(TopologyHarness.utf8("x" + i), TopologyHarness.utf8("{"), new RecordHeaders());
    }
    quietHours(1, 3);
    assertThat(alerts())
        .filteredOn(alert -> line(alert).startsWith("raised"))
        .extracting(DecisionsTopologyTest::line)
        .containsExactlyInAnyOrder(
            "raised rebalance A 12:00", "raised rebalance B 12:00", "raised rejected  12:00");
  }

  @Test
  void shouldSayHowFarItIs() {
    DecisionBoard board = app.board.decisions();
    assertThat(board.decided().orElseThrow().hour()).isEmpty();
    trips(12, 0, "A", "B");
    quietHours(1, 3);
    trips(1, -2, "A", "B");
    assertThat(board.decided().orElseThrow().hour())
        .isEqualTo(OptionalLong.of(NOON.toInstant().toEpochMilli()));
    assertThat(board.logs().get(0).watermark())
        .isEqualTo(OptionalLong.of(NOON.plusHours(2).plusMinutes(2).toInstant().toEpochMilli()));
    assertThat(board.late(0)).as("a departure and an arrival of a closed hour").isEqualTo(2);
    assertThat(board.written("rebalance", true)).isEqualTo(2);
    assertThat(board.written("rebalance", false)).isZero();
  }

  /** A pipeline that decides nothing has nothing of all this to carry. */
  @Test
  void shouldLeaveDecidingOutWhereNothingIsDeclared() {
    PipelineDefinition without = withoutDecisions(app.pipeline);
    String description =
        TandemTopology.build(
                without,
                TopologyHarness.options(4, Optional.empty()),
                epoch -> Optional.empty(),
                app.board)
            .describe()
            .toString();
    assertThat(description).doesNotContain("deciding", "signals", "alerts");
  }

  private static PipelineDefinition withoutDecisions(PipelineDefinition p) {
    return new PipelineDefinition(
        p.name(), p.description(), p.zone(), p.schema(), p.formats(), p.rules(), p.aggregates());
  }
}
