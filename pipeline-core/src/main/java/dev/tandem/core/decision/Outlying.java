package dev.tandem.core.decision;

import dev.tandem.core.aggregate.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * An event beyond the limit of an outlier decision.
 *
 * @param value what was measured, in the limit's unit
 */
public record Outlying(String decision, String subject, String eventId, long time, double value)
    implements Comparable<Outlying> {
  private static final Comparator<Outlying> ORDER =
      Comparator.comparingLong(Outlying::time)
          .thenComparing(Outlying::eventId)
          .thenComparing(Outlying::decision);

  static Outlying read(Bytes in) {
    return new Outlying(
        text(in), text(in), text(in), in.getSigned(), Double.longBitsToDouble(in.getFixed()));
  }

  void write(Bytes out) {
    out.putBlock(decision.getBytes(StandardCharsets.UTF_8));
    out.putBlock(subject.getBytes(StandardCharsets.UTF_8));
    out.putBlock(eventId.getBytes(StandardCharsets.UTF_8));
    out.putSigned(time);
    out.putFixed(Double.doubleToRawLongBits(value));
  }

  private static String text(Bytes in) {
    return new String(in.getBlock(), StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(Outlying other) {
    return ORDER.compare(this, other);
  }
}
