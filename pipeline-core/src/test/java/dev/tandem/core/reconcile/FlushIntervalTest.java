package dev.tandem.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.config.Home;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.Event;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A row is published at once, and then at most once in a flush interval, but for barriers. */
class FlushIntervalTest {
  private static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");
  private static final AggregateDefinition AGGREGATE =
      PIPELINE.aggregate("trips_hourly").orElseThrow();
  private static final long FLUSH = 100;

  private final Map<RowKey, byte[]> stored = new HashMap<>();
  private final List<String> published = new ArrayList<>();
  private int ids;

  private final SecondHalf half =
      new SecondHalf(
          0,
          1,
          FLUSH,
          new EventRows(PIPELINE),
          new SecondHalf.Rows() {
            @Override
            public byte @Nullable [] get(RowKey key) {
              return stored.get(key);
            }

            @Override
            public void put(RowKey key, byte @Nullable [] before, byte[] row) {
              assertThat(before).isEqualTo(stored.get(key));
              stored.put(key, row);
            }

            @Override
            public void tagged(RowKey key, boolean tagged) {}

            @Override
            public Iterable<RowKey> tagged() {
              return List.of();
            }
          },
          new SecondHalf.Output() {
            @Override
            public void row(
                RowKey key,
                LiveRow row,
                RowState served,
                long generation,
                @Nullable RowState before) {
              published.add(key.windowStart() + ":" + served.events());
            }

            @Override
            public void acknowledge(Acknowledgement acknowledgement) {
              published.add("acknowledged");
            }
          },
          null);

  private void count(long window) {
    Event event = new Event(PIPELINE.schema());
    RowState state = new RowState(new RowLayout(AGGREGATE));
    state.add(event, Hashes.of("e" + ids++));
    half.onContribution(
        RowKey.of(AGGREGATE, window, List.of()),
        new Partial.Contribution(0, Claims.NONE, state).toBytes());
  }

  private List<String> drain(long now) {
    published.clear();
    half.drain(now);
    return List.copyOf(published);
  }

  @Test
  void shouldPublishOnceInAnInterval() {
    assertThat(drain(0)).containsExactly("acknowledged");
    count(1);
    count(2);
    assertThat(drain(1000)).containsExactly("1:1", "2:1");
    count(1);
    count(3);
    assertThat(drain(1050)).containsExactly("3:1");
    assertThat(half.hasPending()).isTrue();
    count(1);
    assertThat(drain(1099)).isEmpty();
    assertThat(drain(1100)).containsExactly("1:3");
    assertThat(half.hasPending()).isFalse();
    count(3);
    count(1);
    assertThat(drain(1150)).containsExactly("3:2");
    assertThat(drain(1200)).containsExactly("1:4");
  }

  @Test
  void shouldPublishAllAtABarrierAndBeginTheirIntervalsAnew() {
    drain(0);
    count(1);
    count(2);
    assertThat(drain(1000)).containsExactly("1:1", "2:1");
    count(1);
    assertThat(drain(1010)).isEmpty();
    half.acknowledgeAgain();
    count(2);
    assertThat(drain(1050)).contains("1:2", "2:2").endsWith("acknowledged");
    count(1);
    count(2);
    assertThat(drain(1100)).as("of the first publication the interval is over").isEmpty();
    assertThat(drain(1149)).isEmpty();
    assertThat(drain(1150)).containsExactlyInAnyOrder("1:3", "2:3");
  }

  @Test
  void shouldPublishOnWhenTheClockJumpsBack() {
    drain(0);
    count(1);
    assertThat(drain(1000)).containsExactly("1:1");
    count(1);
    assertThat(drain(10)).containsExactly("1:2");
  }
}
