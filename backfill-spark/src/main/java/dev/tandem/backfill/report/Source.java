package dev.tandem.backfill.report;

import java.util.Locale;

/** Which events a batch counts. */
public enum Source {
  /** Those of the files and of the log; of an id that both have, the file's version. */
  BOTH,
  /** Those of the files only: they are the truth, and an event they lack does not exist. */
  FILES,
  /** Those of the log only. */
  LOG;

  /** As on the command line and in reports. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The source that a report names.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Source of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  public boolean usesFiles() {
    return this != LOG;
  }

  public boolean usesLog() {
    return this != FILES;
  }
}
