package dev.tandem.backfill;

import dev.tandem.core.TandemException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Waits for the app, looking again and again. */
final class Waiting {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private Waiting() {}

  /**
   * Looks until nothing is missing any more.
   *
   * @param missing what is, looked up anew each time
   * @param notice told now and then what is missing and how much time is left
   * @return whether that came within {@code timeout}
   */
  static boolean until(
      Supplier<List<String>> missing, Duration timeout, BiConsumer<List<String>, Duration> notice) {
    long start = System.nanoTime();
    Duration nextLine = BETWEEN_LINES;
    while (true) {
      List<String> left = missing.get();
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (left.isEmpty() || waited.compareTo(timeout) >= 0) {
        return left.isEmpty();
      }
      if (waited.compareTo(nextLine) >= 0) {
        notice.accept(left, timeout.minus(waited));
        nextLine = waited.plus(BETWEEN_LINES);
      }
      pause(BETWEEN_LOOKS);
    }
  }

  static void pause(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TandemException.failed("interrupted while waiting for the app", e);
    }
  }
}
