package dev.tandem.streams.query;

import java.util.Arrays;

/**
 * Numbers pairs of numbers in the order in which they come, from 0: an open-addressing hash table
 * without an object an entry. Not thread-safe.
 */
final class PairIds {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] pairs = new long[64];
  private int[] ids = new int[64];
  private int size;

  PairIds() {
    Arrays.fill(ids, -1);
  }

  /** The number of a pair of numbers from 0. */
  int of(int a, int b) {
    long pair = (long) a << Integer.SIZE | b;
    int at = place(pair);
    if (ids[at] >= 0) {
      return ids[at];
    }
    pairs[at] = pair;
    ids[at] = size++;
    if (size * 2 > ids.length) {
      grow();
    }
    return size - 1;
  }

  private int place(long pair) {
    int mask = ids.length - 1;
    int at = (int) (pair * GOLDEN >>> Integer.SIZE) & mask;
    while (ids[at] >= 0 && pairs[at] != pair) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldPairs = pairs;
    int[] oldIds = ids;
    pairs = new long[oldPairs.length * 2];
    ids = new int[pairs.length];
    Arrays.fill(ids, -1);
    for (int i = 0; i < oldIds.length; i++) {
      if (oldIds[i] >= 0) {
        int at = place(oldPairs[i]);
        pairs[at] = oldPairs[i];
        ids[at] = oldIds[i];
      }
    }
  }
}
