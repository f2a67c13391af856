package dev.tandem.bench.plain;

import java.util.Arrays;

/**
 * Rows of one aggregate by a packed key that is not negative: open addressing with linear probing
 * (Knuth, volume 3, 6.4, algorithm L), numbers side by side in one array. For one thread.
 */
public final class RowTable {
  /** Trips; of seconds, then of cents: count, sum, least, greatest. */
  public static final int NUMBERS = 9;

  /** Where the numbers of seconds begin, and those of cents. */
  public static final int SECONDS = 1;

  public static final int CENTS = 5;

  /** Of a value that is not there. */
  public static final long NONE = -1;

  /** A key and one; 0 where nothing is. */
  private long[] slots = new long[1 << 12];

  private int[] rows = new int[1 << 12];
  private long[] keys = new long[1 << 11];
  private long[] numbers = new long[NUMBERS << 11];
  private int size;

  public int size() {
    return size;
  }

  public long key(int row) {
    return keys[row];
  }

  public long number(int row, int number) {
    return numbers[row * NUMBERS + number];
  }

  /** Counts a trip; {@link #NONE} where it has no such value. */
  public void add(long key, long seconds, long cents) {
    int at = row(key) * NUMBERS;
    numbers[at]++;
    if (seconds != NONE) {
      merge(at + SECONDS, 1, seconds, seconds, seconds);
    }
    if (cents != NONE) {
      merge(at + CENTS, 1, cents, cents, cents);
    }
  }

  /** Adds the rows of another table. */
  public void addAll(RowTable other) {
    for (int row = 0; row < other.size; row++) {
      add(other, row);
    }
  }

  /** Adds a row of another table; its place in this one. */
  public int add(RowTable other, int row) {
    int here = row(other.keys[row]);
    int at = here * NUMBERS;
    int from = row * NUMBERS;
    numbers[at] += other.numbers[from];
    merge(at + SECONDS, other.numbers, from + SECONDS);
    merge(at + CENTS, other.numbers, from + CENTS);
    return here;
  }

  /** Removes all rows; their room stays. */
  public void clear() {
    Arrays.fill(slots, 0);
    Arrays.fill(numbers, 0, size * NUMBERS, 0);
    size = 0;
  }

  private void merge(int at, long[] from, int index) {
    merge(at, from[index], from[index + 1], from[index + 2], from[index + 3]);
  }

  private void merge(int at, long count, long sum, long least, long greatest) {
    numbers[at] += count;
    numbers[at + 1] += sum;
    numbers[at + 2] = Math.min(numbers[at + 2], least);
    numbers[at + 3] = Math.max(numbers[at + 3], greatest);
  }

  private int row(long key) {
    int mask = slots.length - 1;
    int slot = slot(key, mask);
    while (slots[slot] != 0) {
      if (slots[slot] == key + 1) {
        return rows[slot];
      }
      slot = (slot + 1) & mask;
    }
    if (size == keys.length) {
      grow();
      return row(key);
    }
    slots[slot] = key + 1;
    rows[slot] = size;
    keys[size] = key;
    int at = size * NUMBERS;
    numbers[at + SECONDS + 2] = Long.MAX_VALUE;
    numbers[at + SECONDS + 3] = Long.MIN_VALUE;
    numbers[at + CENTS + 2] = Long.MAX_VALUE;
    numbers[at + CENTS + 3] = Long.MIN_VALUE;
    return size++;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, size * 2);
    numbers = Arrays.copyOf(numbers, numbers.length * 2);
    slots = new long[slots.length * 2];
    rows = new int[slots.length];
    int mask = slots.length - 1;
    for (int row = 0; row < size; row++) {
      int slot = slot(keys[row], mask);
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = keys[row] + 1;
      rows[slot] = row;
    }
  }

  /** Fibonacci hashing: the high bits of a product are well mixed. */
  private static int slot(long key, int mask) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
  }
}
