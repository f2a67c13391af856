package dev.tandem.streams.topology;

import dev.tandem.core.reconcile.FirstHalf;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Event ids in a store. Where none is to be remembered, only those that backfills have claimed are
 * written, and as long as there are none of these nothing is looked up either.
 */
final class StoredIds implements FirstHalf.Ids {
  private final KeyValueStore<byte[], byte[]> store;
  private final boolean remembered;
  private boolean any;

  /**
   * @param retention how long ids are remembered; empty: for ever
   */
  StoredIds(KeyValueStore<byte[], byte[]> store, Optional<Duration> retention) {
    this.store = store;
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
    return any ? store.get(id) : null;
  }

  @Override
  public void put(byte[] id, byte[] entry) {
    if (remembered || FirstHalf.isClaimed(entry)) {
      any = true;
      store.put(id, entry);
    }
  }
}
