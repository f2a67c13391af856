package dev.tandem.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.aggregate.RowOverflowException;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventLimits;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A sum that leaves 64 bits is never wrong silently. */
class OverflowTest {
  private static final Field ID = new Field(0, "id", FieldType.STRING, 0);
  private static final Field TIME = new Field(1, "at", FieldType.TIMESTAMP, 0);
  private static final Field SIZE = new Field(2, "size", FieldType.LONG, 0);
  private static final PipelineDefinition PIPELINE =
      new PipelineDefinition(
          "large",
          "",
          ZoneOffset.UTC,
          new Schema(List.of(ID, TIME, SIZE), ID, TIME),
          List.of(),
          List.of(),
          List.of(
              new AggregateDefinition(
                  7,
                  "sizes",
                  List.of(),
                  WindowUnit.DAY,
                  TIME,
                  List.of(new Metric("size", Metric.Kind.STATS, SIZE)))));

  private final EventRows rows = new EventRows(PIPELINE);
  private final RowKey key = RowKey.of(PIPELINE.aggregates().get(0), 0, List.of());
  private final Map<RowKey, byte[]> stored = new HashMap<>();

  private byte[] contribution(long size, int events) {
    RowState state = new RowState(rows.layout(7).orElseThrow());
    for (int i = 0; i < events; i++) {
      Event event = new Event(PIPELINE.schema());
      event.setText(ID, "e" + i);
      event.setNumber(SIZE, size);
      state.add(event, i);
    }
    return new Partial.Contribution(0, Claims.NONE, state).toBytes();
  }

  @Test
  void shouldNameRowAndMetricAndLeaveWhatIsStored() {
    SecondHalf half = new SecondHalf(0, 1, 0, rows, new Rows(), new Output(), null);
    half.onContribution(key, contribution(EventLimits.MAX_NUMBER, 9_000));
    half.drain(0);
    byte[] before = stored.get(key);
    assertThatThrownBy(
            () -> {
              half.onContribution(key, contribution(EventLimits.MAX_NUMBER, 9_000));
              half.drain(1);
            })
        .isInstanceOf(RowOverflowException.class)
        .hasMessageContaining(key.toString())
        .hasMessageContaining("'size'")
        .hasMessageContaining("null_outside");
    assertThat(stored.get(key)).isEqualTo(before);
  }

  private final class Rows implements SecondHalf.Rows {
    @Override
    public byte @Nullable [] get(RowKey row) {
      return stored.get(row);
    }

    @Override
    public void put(RowKey row, byte @Nullable [] before, byte[] bytes) {
      stored.put(row, bytes);
    }

    @Override
    public void tagged(RowKey row, boolean tagged) {
      throw new IllegalStateException("there are no claims");
    }

    @Override
    public Iterable<RowKey> tagged() {
      return List.of();
    }
  }

  private static final class Output implements SecondHalf.Output {
    @Override
    public void row(
        RowKey row, LiveRow live, RowState served, long generation, @Nullable RowState before) {
      assertThat(served.isEmpty()).isFalse();
    }

    @Override
    public void acknowledge(Acknowledgement acknowledgement) {
      assertThat(acknowledgement.generation()).isLessThanOrEqualTo(0);
    }
  }
}
