package dev.tandem.replay.meter;

import java.io.PrintWriter;

/** Shows how far long work has come. Not thread-safe. */
public interface Meter extends AutoCloseable {
  /**
   * May be called often.
   *
   * @param done rows, or what else is counted
   * @param total of them there will be, as far as can be told; 0 when it cannot
   */
  void show(long done, long total);

  /** Says something that stays. */
  void say(String line);

  @Override
  void close();

  /**
   * A bar on a terminal, plain lines elsewhere.
   *
   * @param out takes the plain lines
   */
  static Meter of(String task, PrintWriter out) {
    return of(task, "rows", out);
  }

  /**
   * As {@link #of(String, PrintWriter)}.
   *
   * @param unit of what is done, in place of rows
   */
  static Meter of(String task, String unit, PrintWriter out) {
    return Terminal.isThere()
        ? new BarMeter(task, unit, out)
        : new LineMeter(unit, out, System::nanoTime);
  }
}
