package dev.tandem.bench;

import java.util.Locale;

/** What can be measured. */
enum Workload {
  /** Catching up on a topic of events. */
  STREAM;

  /** As on the command line and in results. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
