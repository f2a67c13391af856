package dev.tandem.streams.topology;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.decision.ClosedHour;
import dev.tandem.core.decision.PartitionSignals;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What the decisions must know of the events of one partition of the log: hour by hour, in the
 * order of the log. Does nothing where the pipeline decides nothing.
 */
final class HourSignals {
  private final int partition;
  private final DecisionBoard board;
  private final @Nullable SavedState position;
  private final @Nullable PartitionSignals signals;

  private HourSignals(
      int partition,
      DecisionBoard board,
      @Nullable SavedState position,
      @Nullable PartitionSignals signals) {
    this.partition = partition;
    this.board = board;
    this.position = position;
    this.signals = signals;
  }

  static HourSignals none() {
    return new HourSignals(0, new DecisionBoard(), null, null);
  }

  /**
   * Goes on where the last commit was; begins anew where the log went on without it, as it does
   * while a pipeline declares no decisions.
   *
   * @param at offset behind the last record of the log that was taken
   * @param store of the task
   * @param closed takes each hour of which nothing more is awaited
   */
  static HourSignals of(
      PipelineDefinition pipeline,
      int partition,
      long at,
      KeyValueStore<byte[], byte[]> store,
      DecisionBoard board,
      Consumer<ClosedHour> closed) {
    SavedState position = new SavedState(store);
    StoredDecisions state = new StoredDecisions(store);
    if (!Arrays.equals(position.get(), bytes(at))) {
      state.clear();
    }
    return new HourSignals(
        partition, board, position, new PartitionSignals(pipeline, partition, at, state, closed));
  }

  private static byte[] bytes(long offset) {
    Bytes out = Bytes.writer();
    out.putUnsigned(offset);
    return out.toArray();
  }

  void asRead(Event event) {
    if (signals != null) {
      signals.asRead(event);
    }
  }

  void admitted(Event event) {
    if (signals != null) {
      signals.admitted(event);
    }
  }

  void rejected() {
    if (signals != null) {
      signals.rejected();
    }
  }

  /**
   * Before a commit, in its transaction.
   *
   * @param at offset behind the last record of the log that was taken
   */
  void save(long at) {
    if (signals != null && position != null) {
      signals.save();
      position.save(bytes(at));
      board.log(partition, signals.watermark(), signals.late());
    }
  }
}
