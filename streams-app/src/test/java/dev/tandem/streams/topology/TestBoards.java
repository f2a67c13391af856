package dev.tandem.streams.topology;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.reconcile.CommittedEpochs;
import dev.tandem.core.row.RowKey;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/** Tasks that write rows as the topology's do, for tests of readers. */
public final class TestBoards {
  private TestBoards() {}

  /** Writes rows of a partition and commits them. */
  public record Writer(TaskBoard board, CommittedRows served, StoredRows rows) {
    public void put(RowKey key, byte[] row) {
      rows.put(key, rows.get(key), row);
      rows.flush();
      board.commits().join(served);
    }

    /** A backfill is committed with the transaction. */
    public void commit(CommittedEpochs epochs) {
      served.prepare(epochs, Map.of(), 0);
      board.commits().join(served);
      commit();
    }

    public void commit() {
      board.commits().committed();
    }
  }

  public static Writer writer(
      PipelineDefinition pipeline,
      TaskBoard board,
      int partition,
      KeyValueStore<byte[], byte[]> store) {
    StoredRows rows = new StoredRows(store, store);
    Segments segments = new Segments(pipeline);
    rows.forEach((key, row) -> segments.found(key));
    CommittedRows served = new CommittedRows(new CommittedEpochs(), Map.of(), 0, segments);
    rows.beforeChange(served::changes);
    board.rows(partition, served);
    return new Writer(board, served, rows);
  }
}
