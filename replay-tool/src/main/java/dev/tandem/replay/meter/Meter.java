package dev.tandem.replay.meter;

import java.io.PrintWriter;

/** Shows how far long work has come. Not thread-safe. */
public interface Meter extends AutoCloseable {
  /**
   * May be called often.
   *
   * @param done rows
   * @param total rows there will be, as far as can be told; 0 when it cannot
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
    return Terminal.isThere() ? new BarMeter(task, out) : new LineMeter(out, System::nanoTime);
  }
}
