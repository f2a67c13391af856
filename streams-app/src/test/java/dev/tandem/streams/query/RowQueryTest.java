package dev.tandem.streams.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.config.Home;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.event.Event;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.reconcile.Claims;
import dev.tandem.core.reconcile.CommittedEpochs;
import dev.tandem.core.reconcile.LiveRow;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers over two partitions of rows that were folded from a few trips. */
class RowQueryTest {
  private static final int PARTITIONS = 2;
  private static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");

  private final CommittedEpochs committed = new CommittedEpochs();
  private final List<KeyValueStore<byte[], byte[]>> stores = new ArrayList<>();
  private final EventRows eventRows = new EventRows(PIPELINE);
  private final Map<RowKey, LiveRow> rows = new HashMap<>();
  private int trips;
  private int mostGroups = 1_000;

  @BeforeEach
  void fill() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    for (int i = 0; i < PARTITIONS; i++) {
      KeyValueStore<byte[], byte[]> store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore("rows" + i), Serdes.ByteArray(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      store.init(context.getStateStoreContext(), store);
      stores.add(store);
    }
    trip("2017-07-01T08:15:00-07:00", "A", 600);
    trip("2017-07-01T08:45:00-07:00", "A", 1200);
    trip("2017-07-01T09:05:00-07:00", "B", 60);
    trip("2017-07-03T08:30:00-07:00", null, 300);
    trip("2017-08-01T08:00:00-07:00", "B", 30);
    rows.forEach(
        (key, row) ->
            stores.get(Partitioning.ofRow(key, PARTITIONS)).put(key.bytes(), row.toBytes()));
  }

  private void trip(String startedAt, String station, long seconds) {
    Schema schema = PIPELINE.schema();
    Event event = new Event(schema);
    event.setNumber(schema.time(), OffsetDateTime.parse(startedAt).toInstant().toEpochMilli());
    event.setNumber(schema.find("duration_s").orElseThrow(), seconds);
    if (station != null) {
      event.setText(schema.find("start_station").orElseThrow(), station);
    }
    long hash = Hashes.of("trip" + trips++);
    eventRows.forEach(
        event,
        (layout, key, window) -> {
          RowState one = new RowState(layout);
          one.add(event, hash);
          rows.computeIfAbsent(key, k -> new LiveRow(layout)).merge(0, Claims.NONE, one, committed);
        });
  }

  private List<String> answer(String aggregate, String... parameters) throws IOException {
    Map<String, List<String>> map = new HashMap<>();
    for (String p : parameters) {
      map.put(p.substring(0, p.indexOf('=')), List.of(p.substring(p.indexOf('=') + 1)));
    }
    AggregateDefinition definition = PIPELINE.aggregate(aggregate).orElseThrow();
    QueryRequest request = QueryRequest.parse(definition, PIPELINE.zone(), map);
    RowQuery query = new RowQuery(request, PIPELINE.zone(), mostGroups);
    List<OpenPartition> partitions =
        IntStream.range(0, PARTITIONS).mapToObj(i -> partition(i).open(request)).toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Answer found =
        new Answer(true, OptionalLong.of(0), List.of(0, 1), query.run(partitions))) {
      new AnswerJson(PIPELINE.zone()).write(request, found, out);
    }
    JsonNode answer = new ObjectMapper().readTree(out.toByteArray());
    assertThat(answer.get("aggregate").asText()).isEqualTo(aggregate);
    return StreamSupport.stream(answer.get("rows").spliterator(), false)
        .map(
            row ->
                row.get("window").asText()
                    + " "
                    + row.get("key")
                    + " "
                    + row.get("trips")
                    + " "
                    + row.get("duration_s").get("sum"))
        .toList();
  }

  private AskablePartition partition(int number) {
    return new AskablePartition() {
      @Override
      public int number() {
        return number;
      }

      @Override
      public OpenPartition open(QueryRequest request) {
        long id = request.aggregate().id();
        KeyValueIterator<byte[], byte[]> entries =
            stores
                .get(number)
                .range(
                    RowKey.lowerBound(id, request.range().from()),
                    RowKey.lowerBound(id, request.range().to()));
        return new OpenPartition(
            number,
            new RowBlocks(request.aggregate(), request.range(), entries, committed),
            committed,
            Map.of(),
            0,
            entries::close);
      }
    };
  }

  @Test
  void shouldGiveRowsAsTheyAreInTheOrderOfWindowAndKey() throws IOException {
    assertThat(answer("departures_hourly"))
        .containsExactly(
            "2017-07-01T08:00:00-07:00 {\"start_station\":\"A\"} 2 1800",
            "2017-07-01T09:00:00-07:00 {\"start_station\":\"B\"} 1 60",
            "2017-07-03T08:00:00-07:00 {\"start_station\":null} 1 300",
            "2017-08-01T08:00:00-07:00 {\"start_station\":\"B\"} 1 30");
  }

  /** The row at the end of the range has the very key that ends the scan. */
  @Test
  void shouldTakeTheRangeAsHalfOpen() throws IOException {
    assertThat(answer("trips_hourly", "from=2017-07-01T09:00", "to=2017-07-03T08:00"))
        .containsExactly("2017-07-01T09:00:00-07:00 {} 1 60");
    assertThat(answer("departures_hourly", "from=2017-09-01")).isEmpty();
  }

  @Test
  void shouldMergeDimensionsAndWindows() throws IOException {
    assertThat(answer("departures_hourly", "by=", "roll=month"))
        .containsExactly(
            "2017-07-01T00:00:00-07:00 {} 4 2160", "2017-08-01T00:00:00-07:00 {} 1 30");
    assertThat(answer("departures_hourly", "roll=none", "from=2017-07-01"))
        .containsExactly(
            "2017-07-01T00:00:00-07:00 {\"start_station\":null} 1 300",
            "2017-07-01T00:00:00-07:00 {\"start_station\":\"A\"} 2 1800",
            "2017-07-01T00:00:00-07:00 {\"start_station\":\"B\"} 2 90");
    assertThat(answer("trips_hourly", "roll=week"))
        .containsExactly(
            "2017-06-26T00:00:00-07:00 {} 3 1860",
            "2017-07-03T00:00:00-07:00 {} 1 300",
            "2017-07-31T00:00:00-07:00 {} 1 30");
  }

  @Test
  void shouldMergeByClockAndCalendar() throws IOException {
    assertThat(answer("trips_hourly", "roll=hour-of-day"))
        .containsExactly("08 {} 4 2130", "09 {} 1 60");
    assertThat(answer("trips_hourly", "roll=day-of-week"))
        .containsExactly("MON {} 1 300", "TUE {} 1 30", "SAT {} 3 1860");
    assertThat(answer("trips_hourly", "roll=hour-of-week"))
        .containsExactly("MON-08 {} 1 300", "TUE-08 {} 1 30", "SAT-08 {} 2 1800", "SAT-09 {} 1 60");
  }

  @Test
  void shouldFilterAndOrder() throws IOException {
    assertThat(answer("departures_hourly", "roll=none", "where=start_station:"))
        .containsExactly("null {\"start_station\":null} 1 300");
    assertThat(answer("departures_hourly", "roll=none", "metric=duration_s.sum", "top=2"))
        .containsExactly(
            "null {\"start_station\":\"A\"} 2 1800", "null {\"start_station\":null} 1 300");
    assertThat(answer("departures_hourly", "limit=1")).hasSize(1);
  }

  /** Hours of the day that only other stations have leave no hole. */
  @Test
  void shouldMergeWhatAFilterLeavesOfTheWindows() throws IOException {
    assertThat(answer("departures_hourly", "by=", "roll=hour", "where=start_station:B"))
        .containsExactly("2017-07-01T09:00:00-07:00 {} 1 60", "2017-08-01T08:00:00-07:00 {} 1 30");
    assertThat(answer("routes_daily", "by=start_station", "roll=none"))
        .containsExactly(
            "null {\"start_station\":null} 1 300",
            "null {\"start_station\":\"A\"} 2 1800",
            "null {\"start_station\":\"B\"} 2 90");
  }

  @Test
  void shouldSayWhichLimitAnAnswerExceeds() {
    mostGroups = 2;
    assertThatThrownBy(() -> answer("departures_hourly", "roll=none"))
        .isInstanceOf(BadQueryException.class)
        .hasMessage(
            "more than 2 rows (query.groups): keep fewer dimensions, or ask for a shorter range");
  }

  @Test
  void shouldNotServeRowsThatDoNotExist() throws IOException {
    AggregateDefinition hourly = PIPELINE.aggregate("trips_hourly").orElseThrow();
    RowKey key = RowKey.of(hourly, 0, List.of());
    stores.get(0).put(key.bytes(), new LiveRow(new RowLayout(hourly)).toBytes());
    assertThat(answer("trips_hourly", "to=2000-01-01")).isEmpty();
  }
}
