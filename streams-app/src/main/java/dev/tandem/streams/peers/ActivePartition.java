package dev.tandem.streams.peers;

import dev.tandem.core.row.RowKey;
import dev.tandem.streams.query.AskablePartition;
import dev.tandem.streams.query.OpenPartition;
import dev.tandem.streams.topology.CommittedRows;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A partition that is worked on in this process, as of its last commit.
 *
 * @param proven until when this process certainly was the only one to work on it, milliseconds
 */
record ActivePartition(
    int number,
    ReadOnlyKeyValueStore<byte[], byte[]> store,
    CommittedRows rows,
    LongSupplier proven)
    implements AskablePartition {

  @Override
  public OpenPartition open(byte[] from, byte[] to) {
    while (true) {
      // Taken first: what is read is at least as new.
      long since = proven.getAsLong();
      CommittedRows.Snapshot snapshot = rows.now();
      KeyValueIterator<byte[], byte[]> entries = store.range(from, to);
      if (rows.now() == snapshot) {
        return new OpenPartition(
            number,
            new AsCommitted(entries, snapshot.before()),
            snapshot.committed(),
            snapshot.live(),
            Math.max(since, snapshot.at()),
            entries::close);
      }
      entries.close();
    }
  }

  /** Rows that changed since the commit as they were then. */
  private static final class AsCommitted implements Iterator<KeyValue<byte[], byte[]>> {
    private final KeyValueIterator<byte[], byte[]> entries;
    private final Map<RowKey, Optional<byte[]>> before;
    private @Nullable KeyValue<byte[], byte[]> next;

    AsCommitted(KeyValueIterator<byte[], byte[]> entries, Map<RowKey, Optional<byte[]>> before) {
      this.entries = entries;
      this.before = before;
      next = read();
    }

    private @Nullable KeyValue<byte[], byte[]> read() {
      while (entries.hasNext()) {
        KeyValue<byte[], byte[]> entry = entries.next();
        Optional<byte[]> was = before.isEmpty() ? null : before.get(RowKey.of(entry.key));
        if (was == null) {
          return entry;
        }
        if (was.isPresent()) {
          return KeyValue.pair(entry.key, was.get());
        }
      }
      return null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public KeyValue<byte[], byte[]> next() {
      KeyValue<byte[], byte[]> entry = next;
      if (entry == null) {
        throw new NoSuchElementException();
      }
      next = read();
      return entry;
    }
  }
}
