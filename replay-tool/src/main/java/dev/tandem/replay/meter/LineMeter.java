package dev.tandem.replay.meter;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A plain line about every five seconds. */
final class LineMeter implements Meter {
  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();
  private static final double SECOND = 1e9;

  private final String unit;
  private final PrintWriter out;
  private final LongSupplier nanos;
  private @Nullable Mark start;
  private @Nullable Mark last;

  /** How far it was when. */
  private record Mark(long nanos, long done) {}

  LineMeter(String unit, PrintWriter out, LongSupplier nanos) {
    this.unit = unit;
    this.out = out;
    this.nanos = nanos;
  }

  @Override
  public void show(long done, long total) {
    Mark now = new Mark(nanos.getAsLong(), done);
    if (start == null || last == null) {
      // Reaching Kafka took its time, too, and says nothing of the rate.
      start = done == 0 ? null : now;
      last = start;
    } else if (now.nanos() - last.nanos() >= INTERVAL) {
      String share = total == 0 ? "" : "%3d%% ".formatted(Math.min(99, 100 * done / total));
      String left = total == 0 ? "" : left(total - done, rate(start, now));
      say("%s%,d %s, %,.0f %s/s%s".formatted(share, done, unit, rate(last, now), unit, left));
      last = now;
    }
  }

  private static double rate(Mark from, Mark to) {
    return (to.done() - from.done()) / ((to.nanos() - from.nanos()) / SECOND);
  }

  private static String left(long rows, double rate) {
    if (rate == 0) {
      return "";
    }
    long seconds = Math.round(Math.max(0, rows) / rate);
    return ", " + (seconds < 120 ? seconds + " s" : seconds / 60 + " min") + " left";
  }

  @Override
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void close() {
    // Every line is whole.
  }
}
