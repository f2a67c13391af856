package dev.tandem.streams.topology;

import dev.tandem.core.reconcile.SecondHalf;
import dev.tandem.core.row.RowKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Rows of a task in their stores. Not thread-safe. */
record StoredRows(KeyValueStore<byte[], byte[]> rows, KeyValueStore<byte[], byte[]> tags)
    implements SecondHalf.Rows {
  private static final byte[] TAGGED = {1};

  @Override
  public byte @Nullable [] get(RowKey key) {
    return rows.get(key.bytes());
  }

  @Override
  public void put(RowKey key, byte[] row) {
    rows.put(key.bytes(), row);
  }

  @Override
  public void tagged(RowKey key, boolean tagged) {
    if (tagged) {
      tags.put(key.bytes(), TAGGED);
    } else {
      tags.delete(key.bytes());
    }
  }

  /** A copy, so that rows may be tagged and untagged meanwhile. */
  @Override
  public Iterable<RowKey> tagged() {
    List<RowKey> keys = new ArrayList<>();
    try (KeyValueIterator<byte[], byte[]> all = tags.all()) {
      all.forEachRemaining(entry -> keys.add(RowKey.of(entry.key)));
    }
    return keys;
  }

  void delete(RowKey key) {
    rows.delete(key.bytes());
    if (tags.get(key.bytes()) != null) {
      tags.delete(key.bytes());
    }
  }

  KeyValueIterator<byte[], byte[]> all() {
    return rows.all();
  }
}
