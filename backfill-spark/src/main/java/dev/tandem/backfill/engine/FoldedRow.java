package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.Causes;
import dev.tandem.backfill.report.SummaryBuilder;
import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowState;

/**
 * What some events come to in one row: the state of those that count there, and the causes of all.
 *
 * <p>Bytes: index of the aggregate · causes · state (varints, then the state's own).
 */
final class FoldedRow {
  private final int aggregate;
  private final RowState state;
  private Causes causes;

  FoldedRow(int aggregate, RowState state, Causes causes) {
    this.aggregate = aggregate;
    this.state = state;
    this.causes = causes;
  }

  /** A row in which no event counts. */
  static FoldedRow untouched(Layouts layouts, int aggregate) {
    return new FoldedRow(aggregate, new RowState(layouts.get(aggregate)), Causes.NONE);
  }

  RowState state() {
    return state;
  }

  Causes causes() {
    return causes;
  }

  /** Nothing counts when {@code more} is all there is; the row is then only looked at. */
  void add(Causes more) {
    causes = causes.plus(more);
  }

  byte[] toBytes() {
    return toBytes(Bytes.writer());
  }

  /**
   * @param out what is written over
   */
  byte[] toBytes(Bytes out) {
    out.clear();
    out.putUnsigned(aggregate);
    causes.write(out);
    state.write(out);
    return out.toArray();
  }

  static FoldedRow read(Layouts layouts, byte[] bytes) {
    Bytes in = Bytes.reader(bytes);
    int aggregate = (int) in.getUnsigned();
    Causes causes = Causes.read(in);
    return new FoldedRow(aggregate, RowState.read(layouts.get(aggregate), in), causes);
  }

  /** Two parts of one row as one. */
  static byte[] merge(Layouts layouts, byte[] a, byte[] b) {
    FoldedRow sum = read(layouts, a);
    FoldedRow other = read(layouts, b);
    sum.state.merge(other.state);
    sum.add(other.causes);
    return sum.toBytes();
  }

  /** The state as it is compared: no bytes where no event counts. */
  byte[] stateBytes() {
    return SummaryBuilder.bytes(state);
  }

  /** {@link #stateBytes()} of a row's bytes, without reading the state. */
  static byte[] stateBytes(byte[] bytes) {
    Bytes in = Bytes.reader(bytes);
    in.getUnsigned();
    Causes.read(in);
    byte[] state = in.getRest();
    return RowState.isEmpty(state) ? new byte[0] : state;
  }
}
