package dev.tandem.backfill;

import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.Refusals;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what Kafka answers. */
final class Answers {
  private Answers() {}

  /**
   * @throws TandemException failed, with what Kafka says
   */
  static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw Refusals.of(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TandemException.failed("interrupted while waiting for Kafka", e);
    }
  }
}
