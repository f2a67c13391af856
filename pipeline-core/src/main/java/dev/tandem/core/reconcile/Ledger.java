package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import java.util.Locale;

/**
 * What became of the events of one partition: {@code read = counted + claimed + duplicate +
 * rejected + parked}. Barriers and transaction markers are not events.
 *
 * @param counted new events, counted live
 * @param claimed new events of which a batch has counted at least one row (the claim is in the
 *     contribution's tag)
 * @param duplicate events whose id was there before
 * @param parked events that wait behind a barrier for its claims
 */
public record Ledger(
    long read, long counted, long claimed, long duplicate, long rejected, long parked) {
  /** Nothing read. */
  public static final Ledger ZERO = new Ledger(0, 0, 0, 0, 0, 0);

  /** Whether every event read is accounted for. */
  public boolean balances() {
    return difference() == 0;
  }

  /** Events read that nothing is known of: 0, or something is wrong. */
  public long difference() {
    return read - counted - claimed - duplicate - rejected - parked;
  }

  /** What is wrong with one that does not balance. */
  public String problem() {
    long difference = difference();
    return String.format(
        Locale.ROOT,
        "%s: %,d (%s)",
        difference > 0 ? "events lost" : "events more than were read",
        Math.abs(difference),
        toText());
  }

  /** As a sum for people: {@code 10 read = 7 counted + …}. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        "%,d read = %,d counted + %,d claimed + %,d duplicate + %,d rejected + %,d parked",
        read,
        counted,
        claimed,
        duplicate,
        rejected,
        parked);
  }

  /** Of the events that are not parked. */
  Ledger withoutParked() {
    return new Ledger(read - parked, counted, claimed, duplicate, rejected, 0);
  }

  public Ledger plus(Ledger o) {
    return new Ledger(
        read + o.read,
        counted + o.counted,
        claimed + o.claimed,
        duplicate + o.duplicate,
        rejected + o.rejected,
        parked + o.parked);
  }

  void write(Bytes out) {
    for (long v : new long[] {read, counted, claimed, duplicate, rejected, parked}) {
      out.putUnsigned(v);
    }
  }

  static Ledger read(Bytes in) {
    return new Ledger(
        in.getUnsigned(),
        in.getUnsigned(),
        in.getUnsigned(),
        in.getUnsigned(),
        in.getUnsigned(),
        in.getUnsigned());
  }
}
