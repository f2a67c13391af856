package dev.tandem.bench;

import java.util.Locale;

/** What can be measured. */
enum Workload {
  /** Catching up on a topic of events. */
  STREAM,

  /** Files of history to published rows. */
  BACKFILL;

  /** As on the command line and in results. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
