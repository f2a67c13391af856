package dev.tandem.bench.latency;

/** Reads rows as their users do. */
interface Reader extends AutoCloseable {
  /**
   * Reads what there is now, or waits a moment for it.
   *
   * @param waits is told of every row of departures
   */
  void read(Waits waits) throws InterruptedException;

  @Override
  void close();
}
