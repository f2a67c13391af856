package dev.tandem.streams.peers;

import dev.tandem.core.row.RowKey;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** Rows of a store; those that changed since the commit as they were then. Not thread-safe. */
final class CommittedEntries implements Iterator<KeyValue<byte[], byte[]>>, AutoCloseable {
  private final KeyValueIterator<byte[], byte[]> entries;
  private final Map<RowKey, Optional<byte[]>> before;
  private @Nullable KeyValue<byte[], byte[]> next;
  private boolean begun;

  CommittedEntries(KeyValueIterator<byte[], byte[]> entries, Map<RowKey, Optional<byte[]>> before) {
    this.entries = entries;
    this.before = before;
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
    if (!begun) {
      begun = true;
      next = read();
    }
    return next != null;
  }

  @Override
  public KeyValue<byte[], byte[]> next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    KeyValue<byte[], byte[]> entry = next;
    next = read();
    return entry;
  }

  @Override
  public void close() {
    entries.close();
  }
}
