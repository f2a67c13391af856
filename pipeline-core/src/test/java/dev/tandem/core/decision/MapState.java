package dev.tandem.core.decision;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A store in memory that can fall back to what was committed. */
final class MapState implements DecisionState {
  private Map<ByteBuffer, byte[]> committed = new TreeMap<>();
  private Map<ByteBuffer, byte[]> working = new TreeMap<>();
  private int writes;

  @Override
  public void forEach(BiConsumer<byte[], byte[]> entry) {
    working.forEach((key, value) -> entry.accept(key.array(), value));
  }

  @Override
  public void put(byte[] key, byte @Nullable [] value) {
    writes++;
    if (value == null) {
      working.remove(ByteBuffer.wrap(key));
    } else {
      working.put(ByteBuffer.wrap(key), value);
    }
  }

  void commit() {
    committed = new TreeMap<>(working);
  }

  void crash() {
    working = new TreeMap<>(committed);
  }

  int size() {
    return working.size();
  }

  int writes() {
    return writes;
  }
}
