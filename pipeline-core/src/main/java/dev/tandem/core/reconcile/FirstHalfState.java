package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import java.util.Map;

/**
 * Where the first half of one partition stands, beside its stores: what a restart goes on from, and
 * what others read as the ledger. It is saved in the transaction that commits the offsets of what
 * it counts.
 *
 * @param position the offset behind the last record taken from the log
 * @param generation epoch of the last barrier passed, 0 before the first
 * @param loaded the newest epoch whose claims are all there
 * @param barriers genuine barriers passed; together with the ledger's events and the parked
 *     barriers all records that the log has before {@code position}
 * @param parkedBarriers barriers, genuine or not, that wait behind another one
 * @param live by definition, since which generation it is counted
 * @param beforeBarrier the ledger of all events before the last barrier passed
 */
public record FirstHalfState(
    long position,
    long generation,
    long loaded,
    Ledger ledger,
    long barriers,
    long parkedBarriers,
    Map<Long, Long> live,
    Ledger beforeBarrier) {
  private static final int VERSION = 2;

  public FirstHalfState {
    live = Map.copyOf(live);
  }

  /** Records of the log that were taken, barriers included. */
  public long records() {
    return ledger.read() + barriers + parkedBarriers;
  }

  /**
   * As {@link FirstHalf#state} gives it.
   *
   * @param partition of the log
   */
  public byte[] toBytes(int partition) {
    Bytes out = Bytes.writer();
    out.putByte(VERSION);
    out.putUnsigned(position);
    out.putUnsigned(generation);
    out.putUnsigned(loaded);
    ledger.write(out);
    out.putUnsigned(barriers);
    out.putUnsigned(parkedBarriers);
    out.putBlock(new Partial.Progress(partition, generation, live, beforeBarrier).toBytes());
    return out.toArray();
  }

  /**
   * Reads what {@link FirstHalf#state} gave.
   *
   * @throws IllegalArgumentException when another version wrote it
   */
  public static FirstHalfState fromBytes(byte[] bytes) {
    Bytes in = Bytes.reader(bytes);
    in.getVersion("state of the first half", VERSION, VERSION);
    long position = in.getUnsigned();
    long generation = in.getUnsigned();
    long loaded = in.getUnsigned();
    Ledger ledger = Ledger.read(in);
    long barriers = in.getUnsigned();
    long parkedBarriers = in.getUnsigned();
    Partial.Progress progress = Partial.readProgress(in.getBlock());
    return new FirstHalfState(
        position,
        generation,
        loaded,
        ledger,
        barriers,
        parkedBarriers,
        progress.live(),
        progress.ledger());
  }
}
