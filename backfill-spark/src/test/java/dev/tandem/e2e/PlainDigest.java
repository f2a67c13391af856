package dev.tandem.e2e;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A certificate's digest in plain code, from its description alone: bytes are put together one by
 * one here, and only the hash is a library's.
 */
final class PlainDigest {
  private long rows;
  private long ids;
  private long high;
  private long low;

  /** Sum of the hashed ids of some events. */
  static long idSum(Iterable<String> ids) {
    long sum = 0;
    for (String id : ids) {
      sum += Hashing.xxh3_64().hashBytesToLong(id.getBytes(StandardCharsets.UTF_8));
    }
    return sum;
  }

  /** Count, sum, min and max of a metric. */
  record Stats(long count, long sum, long min, long max) {}

  /** A row's state as it is described: version, events, id sum, metrics. */
  static byte[] state(long events, long idSum, List<Stats> metrics) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(1);
    varint(out, events);
    out.writeBytes(fixed(idSum));
    for (Stats m : metrics) {
      varint(out, m.count);
      if (m.count > 0) {
        varint(out, m.sum << 1 ^ m.sum >> 63);
        varint(out, m.min << 1 ^ m.min >> 63);
        varint(out, m.max - m.min);
      }
    }
    return out.toByteArray();
  }

  /**
   * Adds a row.
   *
   * @param definition 16 hexadecimal digits
   * @param window its start, milliseconds since the epoch
   * @param dimensions texts, null where missing
   */
  void add(String definition, long window, List<String> dimensions, byte[] state, long idSum) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(1);
    out.writeBytes(fixed(Long.parseUnsignedLong(definition, 16)));
    out.writeBytes(fixed(window ^ Long.MIN_VALUE));
    for (String dimension : dimensions) {
      if (dimension == null) {
        out.write(0);
      } else {
        out.write(2);
        out.writeBytes(dimension.getBytes(StandardCharsets.UTF_8));
        out.write(0);
        out.write(1);
      }
    }
    out.writeBytes(state);
    HashValue128 hash = Hashing.xxh3_128().hashBytesTo128Bits(out.toByteArray());
    rows++;
    ids += idSum;
    high += hash.getMostSignificantBits();
    low += hash.getLeastSignificantBits();
  }

  private static byte[] fixed(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    for (; rest < 0 || rest > 127; rest >>>= 7) {
      out.write((int) (rest | 128) & 255);
    }
    out.write((int) rest);
  }

  /** As a report has it. */
  @Override
  public String toString() {
    return "%d %016x %016x%016x".formatted(rows, ids, high, low);
  }
}
