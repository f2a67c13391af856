package dev.tandem.streams.topology;

import dev.tandem.core.decision.DecisionState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What decisions remember, in a task's store, beside what the task keeps there of its inputs. */
final class StoredDecisions implements DecisionState {
  /** Before each key; the task's own entries begin otherwise. */
  private static final byte PREFIX = 9;

  private final KeyValueStore<byte[], byte[]> store;

  StoredDecisions(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
  }

  @Override
  public void forEach(BiConsumer<byte[], byte[]> entry) {
    try (KeyValueIterator<byte[], byte[]> all =
        store.range(new byte[] {PREFIX}, new byte[] {PREFIX + 1})) {
      all.forEachRemaining(
          e -> {
            if (e.key[0] == PREFIX) {
              entry.accept(Arrays.copyOfRange(e.key, 1, e.key.length), e.value);
            }
          });
    }
  }

  /** Forgets everything. */
  void clear() {
    List<byte[]> keys = new ArrayList<>();
    forEach((key, value) -> keys.add(key));
    keys.forEach(key -> put(key, null));
  }

  @Override
  public void put(byte[] key, byte @Nullable [] value) {
    byte[] prefixed = new byte[key.length + 1];
    prefixed[0] = PREFIX;
    System.arraycopy(key, 0, prefixed, 1, key.length);
    store.put(prefixed, value);
  }
}
