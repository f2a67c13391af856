package dev.tandem.core.aggregate;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of integers by value range, for quantiles. Log-linear buckets as in HdrHistogram (Tene,
 * hdrhistogram.org): values below 64 have a bucket each, above that each power of two is split in
 * 32, so a bucket is at most 1/32 as wide as its lowest value and its middle is within 1.6 % of
 * every value in it. Only integer arithmetic, so the state does not depend on order or machine.
 * Negative values have the mirrored buckets. Not thread-safe.
 */
final class Histogram {
  private static final int SUB_BITS = 5;
  private static final int LINEAR = 1 << (SUB_BITS + 1);

  private final TreeMap<Integer, Long> counts = new TreeMap<>();

  void add(long value) {
    counts.merge(bucket(value), 1L, Math::addExact);
  }

  void merge(Histogram other) {
    other.counts.forEach((bucket, n) -> counts.merge(bucket, n, Math::addExact));
  }

  /** Bucket of a value; order-preserving. */
  static int bucket(long value) {
    if (value < 0) {
      return ~bucket(~value);
    }
    if (value < LINEAR) {
      return (int) value;
    }
    int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
    return (shift << SUB_BITS) + (int) (value >>> shift);
  }

  /** Lowest value of a bucket. */
  static long lowest(int bucket) {
    if (bucket < 0) {
      return ~highest(~bucket);
    }
    if (bucket < LINEAR) {
      return bucket;
    }
    int shift = (bucket >>> SUB_BITS) - 1;
    return (long) ((bucket & ((1 << SUB_BITS) - 1)) | (1 << SUB_BITS)) << shift;
  }

  /** Highest value of a bucket. */
  static long highest(int bucket) {
    if (bucket < 0) {
      return ~lowest(~bucket);
    }
    return bucket < LINEAR ? bucket : lowest(bucket) + (1L << ((bucket >>> SUB_BITS) - 1)) - 1;
  }

  long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The middle of the bucket that holds the value of rank {@code ceil(q * count)} (at least 1).
   *
   * @param q between 0 and 1
   * @throws IllegalStateException when empty
   */
  long quantile(double q) {
    long rank = Math.max(1, (long) Math.ceil(q * count()));
    long seen = 0;
    for (Map.Entry<Integer, Long> e : counts.entrySet()) {
      seen += e.getValue();
      if (seen >= rank) {
        long low = lowest(e.getKey());
        return low + (highest(e.getKey()) - low) / 2;
      }
    }
    throw new IllegalStateException("quantile of an empty histogram");
  }

  Map<Integer, Long> buckets() {
    return counts;
  }

  void write(Bytes out) {
    out.putUnsigned(counts.size());
    int previous = 0;
    for (Map.Entry<Integer, Long> e : counts.entrySet()) {
      out.putSigned((long) e.getKey() - previous);
      out.putUnsigned(e.getValue());
      previous = e.getKey();
    }
  }

  static Histogram read(Bytes in) {
    Histogram h = new Histogram();
    h.mergeWritten(in);
    return h;
  }

  /** As {@link #merge} of what {@link #write} wrote. */
  void mergeWritten(Bytes in) {
    int bucket = 0;
    for (long n = in.getUnsigned(); n > 0; n--) {
      bucket += (int) in.getSigned();
      counts.merge(bucket, in.getUnsigned(), Math::addExact);
    }
  }
}
