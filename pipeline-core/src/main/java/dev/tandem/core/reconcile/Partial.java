package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the first half tells the second. A record of the partials topic is a {@link Progress} or,
 * see {@link PartialBatches}, some contributions to rows of one partition.
 */
public sealed interface Partial {
  /** First byte of each. */
  int VERSION = 1;

  /**
   * Contributions to one row: events of one partition and generation with one tag.
   *
   * <p>Bytes: version · 0 · generation · tag · state.
   *
   * @param generation epoch of the last barrier before these events in their partition
   * @param tag the claims that apply to these events in this row
   */
  record Contribution(long generation, Claims tag, RowState state) implements Partial {
    public byte[] toBytes() {
      Bytes out = Bytes.writer();
      write(out);
      return out.toArray();
    }

    void write(Bytes out) {
      out.putByte(VERSION);
      out.putByte(0);
      out.putUnsigned(generation);
      tag.write(out);
      state.write(out);
    }
  }

  /**
   * A partition of the log has come to a generation; sent to every partition of the partials behind
   * all contributions of earlier generations.
   *
   * <p>Bytes: version · 1 · partition · generation · count of definitions and for each its id (8)
   * and since (zigzag) · ledger (older builds: none).
   *
   * @param partition of the log
   * @param live by definition id, the generation since which it is counted there; {@link
   *     #FROM_THE_START} where that is the start of the log
   * @param ledger what became of the events before the barrier of this generation, see {@link
   *     Ledger}
   */
  record Progress(int partition, long generation, Map<Long, Long> live, Ledger ledger)
      implements Partial {
    public static final long FROM_THE_START = -1;

    public byte[] toBytes() {
      Bytes out = Bytes.writer();
      out.putByte(VERSION);
      out.putByte(1);
      out.putUnsigned(partition);
      out.putUnsigned(generation);
      out.putUnsigned(live.size());
      new TreeMap<>(live)
          .forEach(
              (id, since) -> {
                out.putFixed(id);
                out.putSigned(since);
              });
      ledger.write(out);
      return out.toArray();
    }
  }

  /** Whether the bytes are a {@link Progress}. */
  static boolean isProgress(byte[] bytes) {
    return bytes.length > 1 && bytes[1] == 1;
  }

  static Progress readProgress(byte[] bytes) {
    Bytes in = start(Bytes.reader(bytes), 1);
    int partition = (int) in.getUnsigned();
    long generation = in.getUnsigned();
    Map<Long, Long> live = new TreeMap<>();
    for (long n = in.getUnsigned(); n > 0; n--) {
      live.put(in.getFixed(), in.getSigned());
    }
    Ledger ledger = in.hasMore() ? Ledger.read(in) : Ledger.ZERO;
    return new Progress(partition, generation, live, ledger);
  }

  static Contribution readContribution(RowLayout layout, byte[] bytes) {
    Bytes in = startContribution(Bytes.reader(bytes));
    return new Contribution(in.getUnsigned(), Claims.read(in), RowState.read(layout, in));
  }

  /** Leaves {@code in} before the generation. */
  static Bytes startContribution(Bytes in) {
    return start(in, 0);
  }

  private static Bytes start(Bytes in, int kind) {
    in.getVersion("partial", VERSION, VERSION);
    int actual = in.getByte();
    if (actual != kind) {
      throw new IllegalArgumentException("partial of kind " + actual + ", not " + kind);
    }
    return in;
  }
}
