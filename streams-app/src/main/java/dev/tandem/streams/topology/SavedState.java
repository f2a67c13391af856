package dev.tandem.streams.topology;

import java.util.Arrays;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store with one entry, written only when it has changed. */
final class SavedState {
  private final KeyValueStore<byte[], byte[]> store;
  private byte @Nullable [] saved;

  SavedState(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
    this.saved = store.get(StateStores.THE_ENTRY);
  }

  /** What was saved last; null when nothing ever was. */
  byte @Nullable [] get() {
    return saved;
  }

  /** Returns whether it has changed, and so was written. */
  boolean save(byte[] state) {
    if (Arrays.equals(state, saved)) {
      return false;
    }
    store.put(StateStores.THE_ENTRY, state);
    saved = state;
    return true;
  }
}
