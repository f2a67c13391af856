package dev.tandem.core.decision;

import dev.tandem.core.aggregate.Bytes;
import java.time.Duration;

/**
 * How far event time has come in one partition of the log: the largest time so far, in the order of
 * the log. A time that is days ahead may be a broken clock's, and believing it would close every
 * hour before it for good. So a jump, as the first time of all, is believed only when {@value
 * #CONFIRMATIONS} events in a row are beyond it; then the smallest of their times is the watermark.
 *
 * <p>It depends on the events and their order in the partition alone.
 */
final class Watermark {
  /** A step of more than this is a jump. */
  static final long JUMP = Duration.ofDays(3).toMillis();

  static final int CONFIRMATIONS = 3;

  private boolean started;
  private long time;
  private int held;
  private long smallestHeld;

  /** What an event's time means. */
  enum Verdict {
    /** It is near the watermark or before it; times held so far were wrong. */
    NEAR,
    /** It is far ahead, and not believed yet. */
    HELD,
    /** It is far ahead as those held before it, which are believed with it. */
    BELIEVED
  }

  Watermark() {}

  Watermark(Bytes saved) {
    started = saved.getByte() == 1;
    time = saved.getSigned();
    held = saved.getByte();
    smallestHeld = saved.getSigned();
  }

  void write(Bytes out) {
    out.putByte(started ? 1 : 0);
    out.putSigned(time);
    out.putByte(held);
    out.putSigned(smallestHeld);
  }

  Verdict offer(long eventTime) {
    if (started && eventTime <= time + JUMP) {
      time = Math.max(time, eventTime);
      held = 0;
      return Verdict.NEAR;
    }
    smallestHeld = held == 0 ? eventTime : Math.min(smallestHeld, eventTime);
    held++;
    if (held < CONFIRMATIONS) {
      return Verdict.HELD;
    }
    held = 0;
    started = true;
    time = smallestHeld;
    return Verdict.BELIEVED;
  }

  boolean isStarted() {
    return started;
  }

  /** Milliseconds since the epoch; meaningless before it is started. */
  long time() {
    return time;
  }
}
