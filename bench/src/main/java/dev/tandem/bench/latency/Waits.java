package dev.tandem.bench.latency;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which events wait for which row, and how long each has waited. The n-th event of a row is
 * readable as soon as the row counts n or more.
 */
final class Waits {
  private final Map<String, Row> rows = new HashMap<>();
  private final LongList waited = new LongList();
  private long published;
  private long seen;

  /** Times of a row's events, in the order of their publication; negative: it does not count. */
  private static final class Row {
    private final LongList times = new LongList();
    private int seen;
  }

  /** Numbers one after the other. */
  private static final class LongList {
    private long[] values = new long[16];
    private int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }
  }

  /**
   * An event is about to be published.
   *
   * @param row the key of its row
   * @param nanos when it was due
   * @param counts whether its wait is measured
   */
  synchronized void published(String row, long nanos, boolean counts) {
    rows.computeIfAbsent(row, key -> new Row()).times.add(counts ? nanos : Long.MIN_VALUE);
    published++;
  }

  /**
   * A row was read.
   *
   * @throws IllegalStateException when it counts events that were never published
   */
  synchronized void seen(String key, long count, long nanos) {
    Row row = rows.get(key);
    if (row == null || count > row.times.size) {
      throw new IllegalStateException("row " + key + " counts events that are not there: " + count);
    }
    for (; row.seen < count; row.seen++) {
      long since = row.times.values[row.seen];
      if (since != Long.MIN_VALUE) {
        waited.add(nanos - since);
      }
      seen++;
    }
  }

  /** How many events no row that was read has counted yet. */
  synchronized long open() {
    return published - seen;
  }

  /** Percentiles, by name, in milliseconds. */
  synchronized Map<String, Double> figures() {
    long[] sorted = Arrays.copyOf(waited.values, waited.size);
    Arrays.sort(sorted);
    return Map.of(
        "p50_ms", percentile(sorted, 0.50),
        "p99_ms", percentile(sorted, 0.99),
        "max_ms", percentile(sorted, 1));
  }

  /** The least wait that so large a share of all does not exceed. */
  private static double percentile(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / 1e6;
  }
}
