package dev.tandem.backfill.report;

import com.dynatrace.hash4j.hashing.HashValue128;
import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.row.RowKey;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What some rows are, in 24 bytes and whatever their order: equal digests mean, up to chance, equal
 * rows made of equal events. All sums are modulo 2^64, so digests of disjoint rows add up.
 *
 * @param rows how many
 * @param ids sum of the rows' id sums: of the hashed ids of their events (XXH3, 64 bits)
 * @param statesHigh sum of the upper halves of the rows' hashes (XXH3, 128 bits, of row key and
 *     state, both as bytes)
 * @param statesLow sum of the lower halves
 */
public record Digest(long rows, long ids, long statesHigh, long statesLow) implements Serializable {
  public static final Digest NONE = new Digest(0, 0, 0, 0);

  /**
   * The digest of one row.
   *
   * @param state bytes of a state that is not empty
   */
  static Digest of(RowKey key, byte[] state) {
    byte[] row = Arrays.copyOf(key.bytes(), key.bytes().length + state.length);
    System.arraycopy(state, 0, row, key.bytes().length, state.length);
    HashValue128 hash = Hashes.wide(row);
    return new Digest(
        1, RowState.idSum(state), hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }

  public Digest plus(Digest o) {
    return new Digest(
        rows + o.rows, ids + o.ids, statesHigh + o.statesHigh, statesLow + o.statesLow);
  }

  /** Of the event ids: 16 hexadecimal digits. */
  public String idsHex() {
    return String.format("%016x", ids);
  }

  /** Of the row states: 32 hexadecimal digits. */
  public String statesHex() {
    return String.format("%016x%016x", statesHigh, statesLow);
  }
}
