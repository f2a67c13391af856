package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The record that closes an epoch's claims or corrections in one partition. Its key holds the
 * epoch, so compaction keeps every one; no event id and no row key starts with a zero byte.
 *
 * <p>Key: {@code 00} {@code "end"} · epoch (8). The value is the epoch in decimal digits.
 */
public final class EndMarker {
  private static final byte[] PREFIX = {0, 'e', 'n', 'd'};

  private EndMarker() {}

  public static byte[] key(long epoch) {
    Bytes out = Bytes.writer();
    out.putBytes(PREFIX);
    out.putFixed(epoch);
    return out.toArray();
  }

  public static byte[] value(long epoch) {
    return Long.toString(epoch).getBytes(StandardCharsets.US_ASCII);
  }

  /** The epoch, or empty when the key is not an end marker's. */
  public static OptionalLong epoch(byte[] key) {
    if (key.length != PREFIX.length + 8
        || key[0] != 0
        || key[1] != 'e'
        || key[2] != 'n'
        || key[3] != 'd') {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Bytes.reader(key, PREFIX.length).getFixed());
  }
}
