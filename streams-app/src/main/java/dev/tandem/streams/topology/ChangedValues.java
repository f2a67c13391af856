package dev.tandem.streams.topology;

import dev.tandem.core.row.RowKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What rows were before a transaction changed them. Written by one thread, for which it is a list
 * and no more: of some ten thousand changes a second hardly one is asked for. The first reader
 * makes a map of it, the next ones add what has come since.
 */
final class ChangedValues {
  private static final int LEAST = 64;

  private final Map<RowKey, Optional<byte[]>> first = new ConcurrentHashMap<>();
  private int mapped;
  private volatile Entries entries;

  /** How many of the entries there are; written behind them. */
  private volatile int size;

  /**
   * @param values null where there was none
   */
  private record Entries(RowKey[] keys, byte[] @Nullable [] values) {
    static Entries of(int room) {
      return new Entries(new RowKey[room], new byte[room][]);
    }

    Entries larger() {
      int room = keys.length * 2;
      return new Entries(Arrays.copyOf(keys, room), Arrays.copyOf(values, room));
    }
  }

  /**
   * @param room for changes, about
   */
  ChangedValues(int room) {
    entries = Entries.of(Math.max(LEAST, room));
  }

  /** A row is about to change; only its first value counts. */
  void add(RowKey key, byte @Nullable [] value) {
    int at = size;
    Entries to = entries;
    if (at == to.keys.length) {
      to = to.larger();
      entries = to;
    }
    to.keys[at] = key;
    to.values[at] = value;
    size = at + 1;
  }

  /** How many changes there were, of one row perhaps several. */
  int size() {
    return size;
  }

  /**
   * By row, what it was before all changes so far, or some more of them; empty: there was none. For
   * any thread.
   */
  synchronized Map<RowKey, Optional<byte[]>> asMap() {
    int end = size;
    Entries from = entries;
    for (; mapped < end; mapped++) {
      first.putIfAbsent(from.keys[mapped], Optional.ofNullable(from.values[mapped]));
    }
    return first;
  }
}
