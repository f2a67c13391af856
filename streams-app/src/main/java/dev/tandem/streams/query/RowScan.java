package dev.tandem.streams.query;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.reconcile.LiveRow;
import dev.tandem.core.row.RowKey;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** The served rows of one partition and aggregate in a range, in the order of their keys. */
final class RowScan implements Iterator<RowScan.Row>, AutoCloseable {
  private final AskablePartition partition;
  private final RowLayout layout;
  private final byte[] end;
  private final KeyValueIterator<byte[], byte[]> entries;
  private @Nullable Row next;

  /**
   * A row as it is served.
   *
   * @param state belongs to the taker
   * @param epoch the last backfill whose result is in it, 0: none
   */
  record Row(RowKey key, RowState state, long epoch) {}

  RowScan(AskablePartition partition, QueryRequest request, RowLayout layout) {
    this.partition = partition;
    this.layout = layout;
    long id = request.aggregate().id();
    this.end = RowKey.lowerBound(id, request.range().to());
    this.entries = partition.rows().range(RowKey.lowerBound(id, request.range().from()), end);
    next = read();
  }

  private @Nullable Row read() {
    while (entries.hasNext()) {
      KeyValue<byte[], byte[]> entry = entries.next();
      if (Arrays.equals(entry.key, end)) {
        return null;
      }
      LiveRow row = LiveRow.fromBytes(layout, entry.value);
      RowState served = row.served(partition.committed());
      if (!served.isEmpty()) {
        return new Row(RowKey.of(entry.key), served, row.epoch());
      }
    }
    return null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    Row row = next;
    if (row == null) {
      throw new NoSuchElementException();
    }
    next = read();
    return row;
  }

  /** The next row without taking it; there is one. */
  Row peek() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    return next;
  }

  @Override
  public void close() {
    entries.close();
  }
}
