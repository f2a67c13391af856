package dev.tandem.core.decision;

import dev.tandem.core.aggregate.Bytes;

/**
 * How far the closed hours of one partition have come.
 *
 * @param began see {@link ClosedHour}
 * @param sequence of the last one taken
 * @param openFrom hours before this are closed, or were over when the partition began
 */
record SourceProgress(long began, long sequence, long openFrom) {

  static SourceProgress read(Bytes in) {
    return new SourceProgress(in.getUnsigned(), in.getUnsigned(), in.getSigned());
  }

  void write(Bytes out) {
    out.putUnsigned(began);
    out.putUnsigned(sequence);
    out.putSigned(openFrom);
  }

  /**
   * Whether {@code next} is to be taken, and not a repeat.
   *
   * @throws IllegalStateException when one between is missing
   */
  boolean takes(ClosedHour next) {
    if (next.began() < began || (next.began() == began && next.sequence() <= sequence)) {
      return false;
    }
    long expected = next.began() == began ? sequence + 1 : 1;
    if (next.sequence() != expected) {
      throw new IllegalStateException(
          "closed hour %d of partition %d came where %d was due"
              .formatted(next.sequence(), next.partition(), expected));
    }
    return true;
  }

  SourceProgress after(ClosedHour taken) {
    return new SourceProgress(
        taken.began(), taken.sequence(), Math.max(openFrom, taken.closedBefore()));
  }
}
