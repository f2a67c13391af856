package dev.tandem.streams.topology;

import dev.tandem.core.reconcile.CommittedEpochs;
import dev.tandem.core.row.RowKey;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/** Tasks that write rows as the topology's do, for tests of readers. */
public final class TestBoards {
  private TestBoards() {}

  /** Writes rows of a partition and commits them. */
  public record Writer(TaskBoard board, CommittedRows served, StoredRows rows) {
    /** Writes a row of one byte. */
    public void put(RowKey key, int value) {
      rows.get(key);
      rows.put(key, new byte[] {(byte) value});
      board.commits().join(served);
    }

    public void commit() {
      board.commits().committed();
    }
  }

  public static Writer writer(TaskBoard board, int partition, KeyValueStore<byte[], byte[]> store) {
    CommittedRows served = new CommittedRows(new CommittedEpochs(), Map.of(), 0);
    StoredRows rows = new StoredRows(store, store);
    rows.beforeChange(served::changes);
    board.rows(partition, served);
    return new Writer(board, served, rows);
  }
}
