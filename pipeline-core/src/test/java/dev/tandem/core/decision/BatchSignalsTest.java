package dev.tandem.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a batch says of hours is what the stream says of the same events in order. */
class BatchSignalsTest {
  private static final int EVENTS = 600;

  private final PipelineDefinition pipeline = TestPipeline.load();

  /** The events are made anew for each reading: rules may change them. */
  private List<Event> events() {
    Random random = new Random(3);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      long at = TestPipeline.START + i * TestPipeline.HOUR / 10;
      String from = "station " + random.nextInt(5);
      Event event = TestPipeline.trip(pipeline, "trip-" + i, at, from, "station " + i % 3);
      if (i % 100 == 50) {
        event.setNumber(TestPipeline.field(event, "ended"), at + 5 * 24 * TestPipeline.HOUR);
      }
      events.add(event);
    }
    return events;
  }

  private static Map<Long, HourCounts> byHour(List<ClosedHour> parts, long end) {
    Map<Long, HourCounts> hours = new TreeMap<>();
    parts.stream()
        .filter(part -> part.hour() < end)
        .forEach(p -> hours.computeIfAbsent(p.hour(), h -> new HourCounts()).add(p));
    hours.values().removeIf(HourCounts::isEmpty);
    return hours;
  }

  @Test
  void shouldSayWhatTheStreamSaysWhateverTheOrder() {
    List<ClosedHour> closed = new ArrayList<>();
    PartitionSignals stream = new PartitionSignals(pipeline, 0, 0, new MapState(), closed::add);
    for (Event event : events()) {
      stream.asRead(event);
      stream.admitted(event);
    }
    List<Event> shuffled = events();
    Collections.shuffle(shuffled, new Random(4));
    BatchSignals one = new BatchSignals(pipeline);
    BatchSignals other = new BatchSignals(pipeline);
    for (int i = 0; i < EVENTS; i++) {
      (i % 3 == 0 ? one : other).add(shuffled.get(i));
    }
    List<ClosedHour> batch = new ArrayList<>(one.hours());
    batch.addAll(other.hours());

    long end = closed.get(closed.size() - 1).closedBefore();
    Map<Long, HourCounts> expected = byHour(closed, end);
    Map<Long, HourCounts> found = byHour(batch, end);
    assertThat(found.keySet()).isEqualTo(expected.keySet()).hasSizeGreaterThan(50);
    found.forEach(
        (hour, counts) ->
            assertThat(counts).usingRecursiveComparison().isEqualTo(expected.get(hour)));
  }

  @Test
  void shouldCountRejectedRecordsInTheHourOfTheirNeighbours() {
    BatchSignals signals = new BatchSignals(pipeline);
    signals.rejected(TestPipeline.START + 5);
    signals.rejected(TestPipeline.START + 6);
    assertThat(signals.hours())
        .singleElement()
        .satisfies(
            hour -> {
              assertThat(hour.hour()).isEqualTo(TestPipeline.START);
              assertThat(hour.read()).isEqualTo(2);
              assertThat(hour.rejected()).isEqualTo(2);
            });
  }
}
