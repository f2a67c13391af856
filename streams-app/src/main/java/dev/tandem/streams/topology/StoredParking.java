package dev.tandem.streams.topology;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.reconcile.FirstHalf;
import dev.tandem.core.reconcile.LogRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Waiting records in a store, by a sequence that goes on after a restart. Not thread-safe. */
final class StoredParking implements FirstHalf.Parking {
  private final KeyValueStore<byte[], byte[]> store;
  private long first;
  private long next;

  StoredParking(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
    try (KeyValueIterator<byte[], byte[]> oldest = store.all();
        KeyValueIterator<byte[], byte[]> newest = store.reverseAll()) {
      if (oldest.hasNext()) {
        first = sequence(oldest.next());
        next = sequence(newest.next()) + 1;
      }
    }
  }

  @Override
  public void add(LogRecord record) {
    store.put(key(next), record.toBytes());
    next++;
  }

  @Override
  public LogRecord removeFirst() {
    byte[] bytes = first < next ? store.delete(key(first)) : null;
    if (bytes == null) {
      throw new IllegalStateException("no parked record " + first + " of " + next);
    }
    first++;
    return LogRecord.fromBytes(bytes);
  }

  private static byte[] key(long sequence) {
    Bytes key = Bytes.writer();
    key.putFixed(sequence);
    return key.toArray();
  }

  private static long sequence(KeyValue<byte[], byte[]> entry) {
    return Bytes.reader(entry.key).getFixed();
  }
}
