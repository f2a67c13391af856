package dev.tandem.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a partition says of its hours, and when. */
class PartitionSignalsTest {
  private static final long START = TestPipeline.START;
  private static final long HOUR = TestPipeline.HOUR;
  private static final long MINUTE = 60_000;

  private final PipelineDefinition pipeline = TestPipeline.load();
  private final long departures = TestPipeline.aggregate(pipeline, "departures").id();
  private final long arrivals = TestPipeline.aggregate(pipeline, "arrivals").id();
  private final MapState state = new MapState();
  private final List<ClosedHour> closed = new ArrayList<>();
  private PartitionSignals signals = start();
  private int trips;

  private PartitionSignals start() {
    return new PartitionSignals(pipeline, 3, 17, state, closed::add);
  }

  private void trip(long at, String from, String to) {
    add(TestPipeline.trip(pipeline, "trip-" + trips++, at, from, to));
  }

  private void add(Event event) {
    signals.asRead(event);
    signals.admitted(event);
  }

  private void begin() {
    for (int i = 0; i < Watermark.CONFIRMATIONS; i++) {
      trip(START + 10 * MINUTE, "A", "B");
    }
  }

  @Test
  void shouldSayWhereItBegins() {
    begin();
    assertThat(closed)
        .containsExactly(
            new ClosedHour(3, 17, 1, START - HOUR, START - HOUR, 0, 0, Map.of(), List.of()));
  }

  @Test
  void shouldCloseAnHourWhenEventTimeIsPastItsEndAndTheLateness() {
    begin();
    trip(START + HOUR + 29 * MINUTE, "C", "D");
    trip(START + 50 * MINUTE, "A", "B");
    assertThat(closed).hasSize(2);
    trip(START + HOUR + 30 * MINUTE, "C", "D");
    assertThat(closed).hasSize(3);
    ClosedHour hour = closed.get(2);
    assertThat(hour.hour()).isEqualTo(START);
    assertThat(hour.closedBefore()).isEqualTo(START + HOUR);
    assertThat(hour.counts())
        .isEqualTo(Map.of(departures, Map.of("A", 4L), arrivals, Map.of("B", 3L)));
    assertThat(signals.late()).isZero();
  }

  @Test
  void shouldCountWhatComesTooLateAsLate() {
    begin();
    trip(START + 5 * HOUR, "C", "D");
    int before = closed.size();
    trip(START + 20 * MINUTE, "A", "B");
    assertThat(signals.late()).as("a departure and an arrival").isEqualTo(2);
    assertThat(closed).hasSize(before);
  }

  @Test
  void shouldForgetWhatAWrongClockSays() {
    begin();
    trip(START + 1_000 * HOUR, "X", "Y");
    trip(START + 20 * MINUTE, "A", "B");
    trip(START + 20 * HOUR, "C", "D");
    assertThat(closed).hasSize(2);
    assertThat(closed.get(1).counts().get(departures)).isEqualTo(Map.of("A", 4L));
    assertThat(signals.watermark()).hasValue(START + 20 * HOUR);
  }

  @Test
  void shouldCountEventsBehindAGapThatWereNotBelievedAtFirst() {
    begin();
    long later = START + 1_000 * HOUR;
    trip(later, "X", "Y");
    trip(later + MINUTE, "X", "Y");
    trip(later + 2 * MINUTE, "X", "Y");
    trip(later + 3 * HOUR, "X", "Y");
    assertThat(closed.get(closed.size() - 1).counts().get(departures)).isEqualTo(Map.of("X", 3L));
  }

  @Test
  void shouldCountRejectedRecordsInTheHourThatEventTimeStandsIn() {
    signals.rejected();
    begin();
    signals.rejected();
    trip(START + 10 * HOUR, "A", "B");
    ClosedHour hour = closed.get(1);
    assertThat(hour.read()).isEqualTo(5);
    assertThat(hour.rejected()).isEqualTo(2);
  }

  @Test
  void shouldNameEventsThatCannotBe() {
    begin();
    Event stuck = TestPipeline.trip(pipeline, "stuck", START + 20 * MINUTE, "A", "B");
    stuck.setText(TestPipeline.field(stuck, "bike"), "0412 PDX");
    stuck.setNumber(TestPipeline.field(stuck, "ended"), START + 100_000 * HOUR);
    add(stuck);
    trip(START + 10 * HOUR, "A", "B");
    assertThat(closed.get(1).outliers())
        .extracting(Outlying::decision, Outlying::subject, Outlying::eventId)
        .containsExactly(tuple("stuck", "0412 PDX", "stuck"));
  }

  @Test
  void shouldCutAnHourThatIsTooLargeForOneRecord() {
    begin();
    for (int i = 0; i < 7_000; i++) {
      trip(START + 20 * MINUTE, "from-" + i, "to-" + i);
    }
    trip(START + 10 * HOUR, "A", "B");
    List<ClosedHour> parts = closed.subList(1, closed.size());
    assertThat(parts).hasSize(3);
    assertThat(parts.get(0).closedBefore()).as("not closed yet").isEqualTo(START);
    assertThat(parts.get(2).closedBefore()).isEqualTo(START + 9 * HOUR);
    assertThat(parts.stream().flatMap(p -> p.counts().values().stream()).mapToInt(Map::size).sum())
        .isEqualTo(14_002);
    parts.forEach(p -> assertThat(ClosedHour.fromBytes(p.toBytes())).isEqualTo(p));
  }

  @Test
  void shouldKeepOnlyOpenHoursInTheStore() {
    begin();
    signals.save();
    int few = state.size();
    for (int i = 0; i < 1_000; i++) {
      trip(START + i * 10 * MINUTE, "A", "B");
      signals.save();
    }
    assertThat(state.size()).isLessThanOrEqualTo(few + 6);
  }

  @Test
  void shouldWriteOnlyWhatHasChanged() {
    begin();
    for (int i = 0; i < 500; i++) {
      trip(START + 20 * MINUTE, "from-" + i, "B");
    }
    signals.save();
    int before = state.writes();
    trip(START + 21 * MINUTE, "from-7", "B");
    signals.save();
    assertThat(state.writes() - before).as("two counts and where it stands").isEqualTo(3);
  }

  @Test
  void shouldCountOnWhereItWasWhenItStartsAgain() {
    begin();
    signals.save();
    signals = start();
    trip(START + 25 * MINUTE, "A", "B");
    trip(START + 10 * HOUR, "A", "B");
    assertThat(closed.get(1).counts().get(departures)).isEqualTo(Map.of("A", 4L));
    assertThat(closed.get(1).sequence()).isEqualTo(2);
  }
}
