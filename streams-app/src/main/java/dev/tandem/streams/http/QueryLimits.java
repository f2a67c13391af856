package dev.tandem.streams.http;

import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.time.TimeRange;
import dev.tandem.streams.query.BadQueryException;
import io.javalin.http.TooManyRequestsResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What one may ask: so long a range; so many queries run at a time, some more wait for their turn,
 * and who comes beyond that, or waits too long, is told to ask again. Thread-safe.
 *
 * @see Keys#QUERY_RANGE
 * @see Keys#QUERY_RUNNING
 * @see Keys#QUERY_WAITING
 */
final class QueryLimits {
  private static final long PATIENCE_SECONDS = 5;

  /** For what is no query: health, pages, the parts that other instances ask for. */
  private static final int OTHER_THREADS = 16;

  private final Optional<Duration> longest;
  private final int most;
  private final int mostWaiting;
  private final Semaphore running;
  private final Semaphore admitted;

  QueryLimits(Optional<Duration> longest, int most, int mostWaiting) {
    this.longest = longest;
    this.most = most;
    this.mostWaiting = mostWaiting;
    this.running = new Semaphore(most, true);
    this.admitted = new Semaphore(most + mostWaiting);
  }

  static QueryLimits of(Settings settings) {
    return new QueryLimits(
        settings.get(Keys.QUERY_RANGE),
        settings.get(Keys.QUERY_RUNNING),
        settings.get(Keys.QUERY_WAITING));
  }

  /**
   * @throws BadQueryException when the range is longer than allowed, or open
   */
  void check(TimeRange range) {
    longest.ifPresent(
        most -> {
          boolean open = range.from() == TimeRange.ALL.from() || range.to() == TimeRange.ALL.to();
          if (open || range.to() - range.from() > most.toMillis()) {
            throw new BadQueryException(
                "from",
                "the range is longer than %,d hours (query.range): give from and to, nearer to each other"
                    .formatted(most.toHours()));
          }
        });
  }

  /** What a query does. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /**
   * Runs {@code work} when it is its turn.
   *
   * @throws TooManyRequestsResponse when it does not get one
   */
  void run(Work work) throws IOException {
    if (!admitted.tryAcquire()) {
      throw tooMany();
    }
    try {
      if (!isTurn()) {
        throw tooMany();
      }
      try {
        work.run();
      } finally {
        running.release();
      }
    } finally {
      admitted.release();
    }
  }

  private boolean isTurn() {
    try {
      return running.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private TooManyRequestsResponse tooMany() {
    return new TooManyRequestsResponse(
        "%d queries are running (query.running) and %d may wait (query.waiting): ask again in a second"
            .formatted(most, mostWaiting));
  }

  /** About how many wait for their turn. */
  int waiting() {
    return running.getQueueLength();
  }

  /** How many threads of a server keep it answering while all that may run and wait do. */
  int threads() {
    return 2 * most + mostWaiting + OTHER_THREADS;
  }
}
