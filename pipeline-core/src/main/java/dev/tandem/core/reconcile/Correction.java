package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;

/**
 * What a batch says of one row, a record of the corrections topic with the row key as its key.
 *
 * <p>Bytes: version · epoch (varint) · state, empty where the row should not exist.
 */
public record Correction(long epoch, RowState state) {
  private static final int VERSION = 1;

  public byte[] toBytes() {
    Bytes out = Bytes.writer();
    out.putByte(VERSION);
    out.putUnsigned(epoch);
    state.write(out);
    return out.toArray();
  }

  public static Correction fromBytes(RowLayout layout, byte[] bytes) {
    Bytes in = start(bytes);
    return new Correction(in.getUnsigned(), RowState.read(layout, in));
  }

  /** Only the epoch; no layout is needed for it. */
  static long epoch(byte[] bytes) {
    return start(bytes).getUnsigned();
  }

  private static Bytes start(byte[] bytes) {
    Bytes in = Bytes.reader(bytes);
    in.getVersion("correction", VERSION, VERSION);
    return in;
  }
}
