package dev.tandem.core.decision;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a task keeps what a restart needs: a key-value store whose writes are committed together
 * with the offsets of what was read. Only what has changed is written.
 */
public interface DecisionState {
  /** Every entry, in any order. */
  void forEach(BiConsumer<byte[], byte[]> entry);

  /**
   * @param value null removes the entry
   */
  void put(byte[] key, byte @Nullable [] value);
}
