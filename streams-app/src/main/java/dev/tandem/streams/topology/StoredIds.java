package dev.tandem.streams.topology;

import dev.tandem.core.reconcile.FirstHalf;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Event ids in a store. Where none is to be remembered, only those that backfills have claimed are
 * written, and as long as there are none of these nothing is looked up either. Not thread-safe.
 */
final class StoredIds implements FirstHalf.Ids {
  /** Ids written at once cost less than one by one. */
  private static final int BATCH = 1_000;

  private final KeyValueStore<byte[], byte[]> store;
  private final LookupStore lookup;
  private final boolean remembered;
  private final Map<ByteBuffer, byte[]> unwritten = new LinkedHashMap<>();
  private boolean any;

  /**
   * @param retention how long ids are remembered; empty: for ever
   */
  StoredIds(KeyValueStore<byte[], byte[]> store, Optional<Duration> retention) {
    this.store = store;
    this.lookup = LookupStore.below(store);
    this.remembered = retention.filter(Duration::isZero).isEmpty();
    this.any = remembered || hasAny(store);
  }

  private static boolean hasAny(KeyValueStore<byte[], byte[]> store) {
    try (KeyValueIterator<byte[], byte[]> all = store.all()) {
      return all.hasNext();
    }
  }

  @Override
  public byte @Nullable [] get(byte[] id) {
    if (!any) {
      return null;
    }
    byte @Nullable [] entry = unwritten.get(ByteBuffer.wrap(id));
    if (entry != null) {
      return entry;
    }
    return lookup.mayHave(id) ? store.get(id) : null;
  }

  @Override
  public void put(byte[] id, byte[] entry) {
    if (remembered || FirstHalf.isClaimed(entry)) {
      any = true;
      unwritten.put(ByteBuffer.wrap(id), entry);
      if (unwritten.size() >= BATCH) {
        flush();
      }
    }
  }

  /** Writes what is not in the store yet; to be called before it is committed or looked through. */
  void flush() {
    if (!unwritten.isEmpty()) {
      List<KeyValue<byte[], byte[]>> entries = new ArrayList<>(unwritten.size());
      unwritten.forEach((id, entry) -> entries.add(KeyValue.pair(id.array(), entry)));
      entries.sort((a, b) -> Arrays.compareUnsigned(a.key, b.key));
      store.putAll(entries);
      unwritten.clear();
    }
  }
}
