package dev.tandem.bench;

import java.util.Locale;

/** What can be measured. */
enum Workload {
  /** Catching up on a topic of events. */
  STREAM,

  /** From an event published to its row readable, under a steady load. */
  LATENCY,

  /** What an event costs when there are more of them. */
  GROWTH,

  /** Files of history to published rows. */
  BACKFILL,

  /** Files of history to acknowledged events. */
  REPLAY,

  /** Coming back after a stop, a kill, a loss. */
  RESTORE,

  /** Questions about rows. */
  QUERY,

  /** Steps of the core, each alone. */
  LOOPS;

  /** As on the command line and in results. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
