package dev.tandem.backfill.engine;

import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.reconcile.Acknowledgement;
import dev.tandem.core.reconcile.FirstHalf;
import dev.tandem.core.reconcile.LiveRow;
import dev.tandem.core.reconcile.LogEvents;
import dev.tandem.core.reconcile.LogRecord;
import dev.tandem.core.reconcile.Partial;
import dev.tandem.core.reconcile.SecondHalf;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two halves of the stream over maps: what they publish of some records of the log. */
final class StreamFold {
  private static final int PARTITIONS = 2;
  private static final long APPEND_TIME = 4_000_000_000_000L;

  private final Map<RowKey, RowState> published = new HashMap<>();
  private final List<FirstHalf> firsts = new ArrayList<>();
  private final List<SecondHalf> seconds = new ArrayList<>();
  private long offset;

  StreamFold(PipelineDefinition pipeline) {
    for (int p = 0; p < PARTITIONS; p++) {
      firsts.add(first(pipeline, p));
      seconds.add(
          new SecondHalf(
              p, PARTITIONS, 0, new EventRows(pipeline), new Rows(), new Published(), null));
    }
  }

  private FirstHalf first(PipelineDefinition pipeline, int partition) {
    Map<ByteBuffer, byte[]> ids = new HashMap<>();
    return new FirstHalf(
        pipeline,
        partition,
        new LogEvents(pipeline, id -> Partitioning.ofEvent(id, PARTITIONS)),
        epoch -> Optional.empty(),
        new FirstHalf.Ids() {
          @Override
          public byte @Nullable [] get(byte[] id) {
            return ids.get(ByteBuffer.wrap(id));
          }

          @Override
          public void put(byte[] id, byte[] entry) {
            ids.put(ByteBuffer.wrap(id), entry);
          }
        },
        new NoParking(),
        new Partials(),
        null);
  }

  /** Takes an event of the log. */
  void event(byte[] id, byte[] value) {
    int partition = Partitioning.ofEvent(id, PARTITIONS);
    firsts.get(partition).onLog(new LogRecord(offset++, APPEND_TIME, id, value, null));
  }

  /** Commits. */
  void drain() {
    firsts.forEach(FirstHalf::drain);
    seconds.forEach(half -> half.drain(offset));
  }

  /** Rows as published so far, as state bytes. */
  Map<RowKey, byte[]> rows() {
    Map<RowKey, byte[]> rows = new HashMap<>();
    published.forEach((key, state) -> rows.put(key, state.toBytes()));
    return rows;
  }

  private static final class NoParking implements FirstHalf.Parking {
    @Override
    public void add(LogRecord record) {
      throw new IllegalStateException("there are no barriers");
    }

    @Override
    public LogRecord removeFirst() {
      throw new IllegalStateException("there are no barriers");
    }
  }

  private static final class Rows implements SecondHalf.Rows {
    private final Map<RowKey, byte[]> rows = new HashMap<>();

    @Override
    public byte @Nullable [] get(RowKey key) {
      return rows.get(key);
    }

    @Override
    public void put(RowKey key, byte @Nullable [] before, byte[] row) {
      rows.put(key, row);
    }

    @Override
    public void tagged(RowKey key, boolean tagged) {
      throw new IllegalStateException("there are no claims");
    }

    @Override
    public Iterable<RowKey> tagged() {
      return List.of();
    }
  }

  private final class Partials implements FirstHalf.Output {
    @Override
    public void contribution(RowKey key, Partial.Contribution contribution) {
      seconds.get(Partitioning.ofRow(key, PARTITIONS)).onContribution(key, contribution.toBytes());
    }

    @Override
    public void progress(Partial.Progress progress) {
      seconds.forEach(half -> half.onProgress(progress));
    }

    @Override
    public void reject(LogRecord record, RejectReason reason, String error) {
      throw new IllegalStateException(reason + ": " + error);
    }
  }

  private final class Published implements SecondHalf.Output {
    @Override
    public void row(
        RowKey key, LiveRow row, RowState served, long generation, @Nullable RowState before) {
      published.put(key, served.copy());
    }

    @Override
    public void acknowledge(Acknowledgement acknowledgement) {
      // Nobody waits for it.
    }
  }
}
