package dev.tandem.streams.topology;

import dev.tandem.core.reconcile.SecondHalf;
import dev.tandem.core.row.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Rows of a task in their stores; keeps for readers what they were before. Not thread-safe. */
final class StoredRows implements SecondHalf.Rows {
  private static final byte[] TAGGED = {1};

  /** Rows written at once cost less than one by one. */
  private static final int BATCH = 1_000;

  private final KeyValueStore<byte[], byte[]> rows;
  private final LookupStore lookup;
  private final KeyValueStore<byte[], byte[]> tags;
  private final List<KeyValue<byte[], byte[]>> unwritten = new ArrayList<>();
  private @Nullable BiConsumer<RowKey, byte @Nullable []> changes;

  StoredRows(KeyValueStore<byte[], byte[]> rows, KeyValueStore<byte[], byte[]> tags) {
    this.rows = rows;
    this.lookup = LookupStore.below(rows);
    this.tags = tags;
  }

  /** From now on {@code listener} is told of each row, and what it was, before it is written. */
  void beforeChange(BiConsumer<RowKey, byte @Nullable []> listener) {
    changes = listener;
  }

  @Override
  public byte @Nullable [] get(RowKey key) {
    flush();
    return lookup.mayHave(key.bytes()) ? rows.get(key.bytes()) : null;
  }

  @Override
  public List<byte @Nullable []> getAll(List<RowKey> keys) {
    flush();
    List<byte[]> bytes = new ArrayList<>(keys.size());
    keys.forEach(key -> bytes.add(key.bytes()));
    return lookup.getAll(bytes);
  }

  @Override
  public void put(RowKey key, byte @Nullable [] before, byte[] row) {
    if (changes != null) {
      changes.accept(key, before);
    }
    unwritten.add(KeyValue.pair(key.bytes(), row));
    if (unwritten.size() == BATCH) {
      flush();
    }
  }

  @Override
  public void flush() {
    if (!unwritten.isEmpty()) {
      rows.putAll(unwritten);
      unwritten.clear();
    }
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
    flush();
    if (changes != null) {
      changes.accept(key, rows.get(key.bytes()));
    }
    rows.delete(key.bytes());
    if (tags.get(key.bytes()) != null) {
      tags.delete(key.bytes());
    }
  }

  /** Whether there is such a row. */
  boolean has(RowKey key) {
    flush();
    return rows.get(key.bytes()) != null;
  }

  /** Tells {@code each} of all rows, in the order of their keys. */
  void forEach(BiConsumer<RowKey, byte[]> each) {
    flush();
    try (KeyValueIterator<byte[], byte[]> all = rows.all()) {
      while (all.hasNext()) {
        KeyValue<byte[], byte[]> entry = all.next();
        if (RowKey.isRowKey(entry.key)) {
          each.accept(RowKey.of(entry.key), entry.value);
        }
      }
    }
  }

  /** Leaves, behind the rows of a transaction, what they are the state of. */
  void put(CommittedRows.Snapshot commit) {
    flush();
    rows.put(StateStores.COMMIT, commit.toBytes());
  }
}
