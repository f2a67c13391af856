package dev.tandem.bench.engine;

/** Lines that programs of ours print for the clock. */
public final class Marks {
  /** Everything is started; no input is touched yet. */
  public static final String STARTED = "work begins";

  /** What was asked for is there. */
  public static final String DONE = "work is done";

  private Marks() {}
}
