package dev.tandem.replay.meter;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A plain line about every five seconds. */
final class LineMeter implements Meter {
  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();
  private static final double SECOND = 1e9;

  private final PrintWriter out;
  private final LongSupplier nanos;
  private final long start;
  private long lastNanos;
  private long lastDone;

  LineMeter(PrintWriter out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.lastNanos = start;
  }

  @Override
  public void show(long done, long total) {
    long now = nanos.getAsLong();
    if (now - lastNanos < INTERVAL || done == 0) {
      return;
    }
    double rate = (done - lastDone) / ((now - lastNanos) / SECOND);
    String share = total == 0 ? "" : "%3d%% ".formatted(Math.min(99, 100 * done / total));
    String left = total == 0 || done == 0 ? "" : ", " + left(done, total, now) + " left";
    say("%s%,d rows, %,.0f rows/s%s".formatted(share, done, rate, left));
    lastNanos = now;
    lastDone = done;
  }

  private String left(long done, long total, long now) {
    double perRow = (now - start) / SECOND / done;
    long seconds = Math.round(Math.max(0, total - done) * perRow);
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
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
