package dev.tandem.streams.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.config.Home;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.Event;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.row.RowJson;
import dev.tandem.core.row.RowKey;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ChangedRowsTest {
  private static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");
  private static final AggregateDefinition HOURLY =
      PIPELINE.aggregate("departures_hourly").orElseThrow();

  private final RowJson json = new RowJson(PIPELINE.zone());
  private final ChangedRows changed = new ChangedRows(HOURLY);

  private static RowKey key(int hour) {
    return RowKey.of(HOURLY, hour * 3_600_000L, List.of("SW 3rd at \"Ankeny\""));
  }

  /** As the app writes it. */
  private ConsumerRecord<byte[], byte[]> row(int hour, int events, long definition) {
    RowState state = new RowState(new RowLayout(HOURLY));
    for (int i = 0; i < events; i++) {
      state.add(new Event(PIPELINE.schema()), i);
    }
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "biketown.aggregates",
            0,
            0,
            json.key(HOURLY, key(hour)),
            json.value(HOURLY, state, 7, true, Instant.EPOCH));
    Bytes header = Bytes.writer();
    header.putFixed(definition);
    state.write(header);
    record.headers().add(Topics.STATE_HEADER, header.toArray());
    return record;
  }

  private ConsumerRecord<byte[], byte[]> withdrawn(int hour) {
    return new ConsumerRecord<>("biketown.aggregates", 0, 0, json.key(HOURLY, key(hour)), null);
  }

  @Test
  void shouldGiveRowsAsTheyAreNow() {
    changed.add(row(1, 1, HOURLY.id()));
    changed.add(row(2, 1, HOURLY.id()));
    changed.add(row(1, 3, HOURLY.id()));
    assertThat(changed.count()).isEqualTo(3);
    assertThat(changed.newest())
        .extracting(ChangedRows.Row::key, r -> r.state().events(), ChangedRows.Row::epoch)
        .containsExactly(tuple(key(2), 1L, 7L), tuple(key(1), 3L, 7L));
  }

  @Test
  void shouldCountAllButKeepTheNewestOnly() {
    for (int hour = 0; hour < 50; hour++) {
      changed.add(row(hour, 1, HOURLY.id()));
    }
    assertThat(changed.count()).isEqualTo(50);
    assertThat(changed.newest())
        .hasSize(20)
        .last()
        .extracting(ChangedRows.Row::key)
        .isEqualTo(key(49));
  }

  @Test
  void shouldNotShowRowsThatAreGoneOrOfAnotherDefinition() {
    changed.add(row(1, 1, HOURLY.id()));
    changed.add(withdrawn(1));
    changed.add(row(2, 1, HOURLY.id() + 1));
    assertThat(changed.newest()).isEmpty();
    assertThat(changed.count()).isEqualTo(3);
  }
}
