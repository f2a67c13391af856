package dev.tandem.backfill.engine;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.row.RowKey;

/**
 * A row as it is served and as it should be.
 *
 * @param before state bytes, none when it is not served
 * @param after state bytes, none when it should not exist
 */
public record Difference(RowKey key, byte[] before, byte[] after) {
  static byte[] toBytes(byte[] before, byte[] after) {
    Bytes out = Bytes.writer();
    out.putBlock(before);
    out.putBytes(after);
    return out.toArray();
  }

  static Difference of(RowKey key, byte[] bytes) {
    Bytes in = Bytes.reader(bytes);
    return new Difference(key, in.getBlock(), in.getRest());
  }
}
