package dev.tandem.core.aggregate;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;

/**
 * How many distinct values, approximately: UltraLogLog (Ertl, arXiv:2308.16862) with 4,096
 * registers, standard error 1.2 %. A register depends on the set of values only, not on their order
 * or repeats. Written as its non-zero registers while these are few, else as all registers. Not
 * thread-safe.
 */
final class Distinct {
  private static final int PRECISION = 12;
  private static final int REGISTERS = 1 << PRECISION;
  private static final int SPARSE_LIMIT = REGISTERS / 3;

  private final UltraLogLog registers;

  Distinct() {
    this(UltraLogLog.create(PRECISION));
  }

  private Distinct(UltraLogLog registers) {
    this.registers = registers;
  }

  void add(long hash) {
    registers.add(hash);
  }

  void merge(Distinct other) {
    registers.add(other.registers);
  }

  long estimate() {
    return Math.round(registers.getDistinctCountEstimate());
  }

  void write(Bytes out) {
    byte[] state = registers.getState();
    int used = 0;
    for (byte b : state) {
      used += b != 0 ? 1 : 0;
    }
    if (used > SPARSE_LIMIT) {
      out.putUnsigned(REGISTERS);
      out.putBytes(state);
      return;
    }
    out.putUnsigned(used);
    int previous = 0;
    for (int i = 0; i < state.length; i++) {
      if (state[i] != 0) {
        out.putUnsigned(i - previous);
        out.putByte(state[i]);
        previous = i;
      }
    }
  }

  static Distinct read(Bytes in) {
    long used = in.getUnsigned();
    if (used == REGISTERS) {
      return new Distinct(UltraLogLog.wrap(in.getBytes(REGISTERS)));
    }
    byte[] state = new byte[REGISTERS];
    int i = 0;
    for (long n = used; n > 0; n--) {
      i += (int) in.getUnsigned();
      state[i] = (byte) in.getByte();
    }
    return new Distinct(UltraLogLog.wrap(state));
  }
}
