package dev.tandem.backfill;

import dev.tandem.core.TandemException;
import java.time.Duration;

/** Pauses between two looks. */
final class Waiting {
  private Waiting() {}

  static void pause(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TandemException.failed("interrupted while waiting for the app", e);
    }
  }
}
