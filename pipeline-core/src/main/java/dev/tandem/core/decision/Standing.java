package dev.tandem.core.decision;

import dev.tandem.core.aggregate.Bytes;

/**
 * What is remembered of an alert: while it is open, and until the quiet time is over.
 *
 * @param raisedIn hour in which it was raised
 * @param value with which it was raised
 * @param heldIn last hour in which what raised it held
 */
record Standing(boolean open, long raisedIn, double value, long heldIn) {

  static Standing fromBytes(byte[] bytes) {
    Bytes in = Bytes.reader(bytes);
    return new Standing(
        in.getByte() == 1, in.getSigned(), Double.longBitsToDouble(in.getFixed()), in.getSigned());
  }

  byte[] toBytes() {
    Bytes out = Bytes.writer();
    out.putByte(open ? 1 : 0);
    out.putSigned(raisedIn);
    out.putFixed(Double.doubleToRawLongBits(value));
    out.putSigned(heldIn);
    return out.toArray();
  }

  Standing stillHeldIn(long hour) {
    return new Standing(open, raisedIn, value, hour);
  }

  Standing cleared() {
    return new Standing(false, raisedIn, value, heldIn);
  }
}
