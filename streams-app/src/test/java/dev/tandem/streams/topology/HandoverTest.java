package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.Acknowledgement;
import dev.tandem.core.reconcile.ClaimEntry;
import dev.tandem.core.reconcile.Claims;
import dev.tandem.core.reconcile.Correction;
import dev.tandem.core.reconcile.Ledger;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backfill's claims, barrier, corrections and end, as the topology takes them over. */
class HandoverTest {
  private static final String MORNING = "2017-07-01T08:15:00-07:00";
  private static final String HOURLY = "trips_hourly 2017-07-01T08:00:00-07:00 {}";
  private static final long WINDOW =
      OffsetDateTime.parse("2017-07-01T08:00:00-07:00").toInstant().toEpochMilli();

  @TempDir Path stateDir;
  private TopologyHarness app;
  private AggregateDefinition hourly;
  private RowLayout layout;

  @BeforeEach
  void start() {
    app = new TopologyHarness(stateDir);
    hourly = app.pipeline.aggregate("trips_hourly").orElseThrow();
    layout = new RowLayout(hourly);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  /** What a batch counted: trips with these ids and nothing else. */
  private RowState batch(String... ids) {
    RowState state = new RowState(layout);
    for (String id : ids) {
      state.add(new Event(app.pipeline.schema()), Hashes.of(TopologyHarness.utf8(id)));
    }
    return state;
  }

  private byte[] key() {
    return RowKey.of(hourly, WINDOW, List.of()).bytes();
  }

  private void begin(long epoch) {
    app.epochs.put(epoch, TimeRange.ALL);
  }

  private int trips() {
    app.later(TopologyHarness.FLUSH);
    JsonNode row = app.published().get(HOURLY);
    return row == null ? -1 : row.get("trips").asInt();
  }

  @Test
  void shouldSayAtTheStartWhatItCounts() {
    app.later(TopologyHarness.FLUSH);
    List<Acknowledgement> said = app.acknowledgements();
    assertThat(said).isNotEmpty();
    Acknowledgement last = said.get(said.size() - 1);
    assertThat(last.generation()).isZero();
    assertThat(last.live()).containsEntry(hourly.hexId(), -1L).hasSize(8);
  }

  @Test
  void shouldAcknowledgeABarrierBehindTheRowsBeforeIt() {
    begin(1);
    app.event("1", MORNING, "");
    app.claimsEnd(1);
    app.barrier(1);
    app.event("2", MORNING, "");
    app.later(TopologyHarness.FLUSH);

    List<Acknowledgement> said = app.acknowledgements();
    assertThat(said.get(said.size() - 1).generation()).isEqualTo(1);
    TestRecord<byte[], byte[]> row = lastOf(HOURLY);
    assertThat(TopologyHarness.json(row.value()).get("trips").asInt()).isEqualTo(2);
    Bytes state = Bytes.reader(row.headers().lastHeader(Topics.STATE_HEADER).value());
    assertThat(state.getFixed()).isEqualTo(hourly.id());
    assertThat(RowState.read(layout, state)).isEqualTo(batch("1", "2"));
    Bytes before = Bytes.reader(row.headers().lastHeader(Topics.STATE_BEFORE_HEADER).value());
    assertThat(before.getFixed()).isEqualTo(1);
    assertThat(RowState.read(layout, before)).isEqualTo(batch("1"));
  }

  private TestRecord<byte[], byte[]> lastOf(String row) {
    TestRecord<byte[], byte[]> last = null;
    for (TestRecord<byte[], byte[]> r : app.read(app.topics.aggregates())) {
      JsonNode key = TopologyHarness.json(r.key());
      if (row.startsWith(key.get("aggregate").asText() + " ")) {
        last = r;
      }
    }
    assertThat(last).isNotNull();
    return last;
  }

  /** Until its claims are there nobody knows whether an event behind a barrier is new. */
  @Test
  void shouldParkEventsBehindABarrierUntilItsClaimsAreThere() {
    begin(1);
    app.barrier(1);
    app.event("1", MORNING, "");
    app.event("2", MORNING, "");
    assertThat(app.published()).doesNotContainKey(HOURLY);
    assertThat(app.board.ledger()).isEqualTo(new Ledger(2, 0, 0, 0, 0, 2));

    app.claim("1", new Claims(List.of(new ClaimEntry(1, true))));
    app.claimsEnd(1);
    assertThat(app.board.ledger()).isEqualTo(new Ledger(2, 1, 1, 0, 0, 0));
    assertThat(trips()).isEqualTo(2);

    // The batch counted event 1 from a file: the claim keeps it from counting twice.
    app.correction(key(), new Correction(1, batch("1", "3")).toBytes());
    app.correctionsEnd(1);
    assertThat(trips()).isEqualTo(3);
  }

  /** All at once a long queue could outlast the transaction: the task must get to commit. */
  @Test
  void shouldReleaseALongQueueInStepsWithCommitsBetween() {
    begin(1);
    app.barrier(1);
    for (int i = 0; i < 3_500; i++) {
      app.event("t" + i, MORNING, "");
    }
    assertThat(app.board.ledger()).isEqualTo(new Ledger(3_500, 0, 0, 0, 0, 3_500));
    app.claimsEnd(1);
    assertThat(app.board.ledger()).isEqualTo(new Ledger(3_500, 1_000, 0, 0, 0, 2_500));
    app.later(Duration.ofMillis(10));
    assertThat(app.board.ledger()).isEqualTo(new Ledger(3_500, 2_000, 0, 0, 0, 1_500));
    app.event("t7", MORNING, "");
    app.later(Duration.ofMillis(10));
    app.later(Duration.ofMillis(10));
    assertThat(app.board.ledger()).isEqualTo(new Ledger(3_501, 3_500, 0, 1, 0, 0));
    assertThat(trips()).isEqualTo(3_500);
  }

  @Test
  void shouldTakeACorrectionOverWhileEventsArrive() {
    begin(1);
    app.event("1", MORNING, "");
    app.event("wrong", MORNING, "");
    app.claimsEnd(1);
    app.barrier(1);
    app.event("2", MORNING, "");
    app.published();

    app.correction(key(), new Correction(1, batch("1", "4", "5")).toBytes());
    app.correctionsEnd(1);
    app.later(TopologyHarness.FLUSH);
    JsonNode row = app.published().get(HOURLY);
    assertThat(row.get("trips").asInt()).isEqualTo(4);
    assertThat(row.get("epoch").asLong()).isEqualTo(1);
    assertThat(row.get("corrected").asBoolean()).isTrue();

    app.event("6", MORNING, "");
    assertThat(trips()).isEqualTo(5);
    List<Acknowledgement> said = app.acknowledgements();
    assertThat(said.get(said.size() - 1).committed()).containsExactly(1L);
  }

  @Test
  void shouldWriteATombstoneWhereARowShouldNotExist() {
    begin(1);
    app.event("1", MORNING, "");
    app.claimsEnd(1);
    app.barrier(1);
    app.later(TopologyHarness.FLUSH);
    app.published();

    app.correction(key(), new Correction(1, new RowState(layout)).toBytes());
    app.correctionsEnd(1);
    app.later(TopologyHarness.FLUSH);
    Map<String, JsonNode> rows = app.published();
    assertThat(rows).containsEntry(HOURLY, null).hasSize(1);
    app.later(TopologyHarness.FLUSH);
    assertThat(app.published()).isEmpty();
  }

  /** A claimed trip that reaches the log late is in the batch already. */
  @Test
  void shouldNotCountALateEventThatABatchHasCounted() {
    begin(1);
    app.claim("late", new Claims(List.of(new ClaimEntry(1, true))));
    app.claimsEnd(1);
    app.barrier(1);
    app.correction(key(), new Correction(1, batch("late")).toBytes());
    app.correctionsEnd(1);
    assertThat(trips()).isEqualTo(1);

    app.event("late", MORNING, "");
    app.later(TopologyHarness.FLUSH);
    assertThat(app.published()).doesNotContainKey(HOURLY);
    assertThat(app.board.ledger().claimed()).isEqualTo(1);
  }
}
