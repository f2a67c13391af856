package dev.tandem.streams.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.config.Home;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.event.Event;
import dev.tandem.core.reconcile.Claims;
import dev.tandem.core.reconcile.CommittedEpochs;
import dev.tandem.core.reconcile.LiveRow;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.CalendarWindows;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers from a block, asked for the first time, and then from its folds. */
class FoldsTest {
  private static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");
  private static final AggregateDefinition DEPARTURES =
      PIPELINE.aggregate("departures_hourly").orElseThrow();
  private static final RowLayout LAYOUT = new RowLayout(DEPARTURES);

  private final RowBlock block = block();

  private static RowBlock block() {
    CommittedEpochs committed = new CommittedEpochs();
    Map<RowKey, LiveRow> rows = new TreeMap<>();
    EventRows eventRows = new EventRows(PIPELINE);
    Schema schema = PIPELINE.schema();
    Random random = new Random(7);
    for (int trip = 0; trip < 2_000; trip++) {
      long hours = random.nextInt(200);
      Event event = new Event(schema);
      event.setNumber(
          schema.time(),
          OffsetDateTime.parse("2017-06-28T08:15:00-07:00")
              .plusHours(hours)
              .toInstant()
              .toEpochMilli());
      event.setNumber(schema.find("duration_s").orElseThrow(), random.nextInt(5_000));
      if (random.nextInt(8) > 0) {
        event.setText(schema.find("start_station").orElseThrow(), "station " + random.nextInt(6));
      }
      long hash = Hashes.of("trip" + trip);
      eventRows.forEach(
          event,
          (layout, key, window) -> {
            if (key.definitionId() == DEPARTURES.id()) {
              RowState one = new RowState(layout);
              one.add(event, hash);
              rows.computeIfAbsent(key, k -> new LiveRow(layout))
                  .merge(0, Claims.NONE, one, committed);
            }
          });
    }
    List<KeyValue<byte[], byte[]>> entries = new ArrayList<>();
    rows.forEach((key, row) -> entries.add(KeyValue.pair(key.bytes(), row.toBytes())));
    QueryRequest all = request(Map.of());
    return new RowBlocks(DEPARTURES, all.range(), entries.iterator(), committed).next();
  }

  private static QueryRequest request(Map<String, List<String>> parameters) {
    return QueryRequest.parse(DEPARTURES, PIPELINE.zone(), parameters);
  }

  private List<String> answer(QueryRequest request) {
    Groups groups = new Groups(request, new CalendarWindows(PIPELINE.zone()), LAYOUT, 10_000);
    groups.add(block);
    List<String> rows = new ArrayList<>();
    for (Iterator<Entry> i = groups.entries(); i.hasNext(); ) {
      Entry entry = i.next();
      rows.add(
          entry.key().windowStart()
              + " "
              + entry.key().dimensions()
              + " "
              + entry.epoch()
              + " "
              + entry.state().events()
              + " "
              + entry.state().hashCode());
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roll=none",
        "roll=none&by=",
        "roll=none&by=start_station",
        "roll=none&by=&where=start_station:station 3",
        "roll=none&by=start_station&where=start_station:",
        "roll=none&by=&from=2017-06-29",
        "roll=none&by=&to=2017-07-02T10:00",
        "roll=month&by=start_station",
        "roll=month&by=start_station&from=2017-07-01",
        "roll=hour-of-day&by=",
        "roll=day&by=",
      })
  void shouldAnswerTheSameFromFolds(String parameters) {
    Map<String, List<String>> map = new TreeMap<>();
    for (String parameter : parameters.split("&")) {
      int at = parameter.indexOf('=');
      map.put(parameter.substring(0, at), List.of(parameter.substring(at + 1)));
    }
    QueryRequest request = request(map);

    List<String> first = answer(request);

    assertThat(first).isNotEmpty();
    assertThat(answer(request)).isEqualTo(first);
    assertThat(answer(request)).isEqualTo(first);
  }

  @Test
  void shouldFoldWhatIsAskedForAgain() {
    int[] station = {0};
    assertThat(block.folds().of(block, station, LAYOUT)).isSameAs(block);

    RowBlock fold = block.folds().of(block, station, LAYOUT);

    assertThat(fold.rows()).isEqualTo(7);
    assertThat(block.folds().of(block, station, LAYOUT)).isSameAs(fold);
    assertThat(fold.weightOfRows() * 4).isLessThan(block.weight());
  }

  @Test
  void shouldLeaveABlockWithoutRoomAsItIs() {
    Folds folds = new Folds(100);
    for (int i = 0; i < 3; i++) {
      assertThat(folds.of(block, new int[] {0}, LAYOUT)).isSameAs(block);
    }
  }
}
