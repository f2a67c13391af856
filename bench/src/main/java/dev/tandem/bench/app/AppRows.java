package dev.tandem.bench.app;

import dev.tandem.bench.stream.TopicWatch;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.PublishedLog;
import dev.tandem.core.TandemException;
import java.time.Duration;

/** Waits until a topic of rows holds the right ones. */
public final class AppRows {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration STUCK = Duration.ofMinutes(4);

  private AppRows() {}

  /**
   * Waits until rows are right.
   *
   * @param check throws when it is no use to wait any longer
   * @return when they became so, as {@link System#nanoTime} counts
   */
  public static long await(Ground ground, String topic, Runnable check)
      throws InterruptedException {
    TopicWatch watch = new TopicWatch(ground.admin());
    long seen = 0;
    long changed = System.nanoTime();
    boolean compared = false;
    while (true) {
      check.run();
      long records = watch.committed(topic);
      long now = System.nanoTime();
      if (records != seen) {
        seen = records;
        changed = now;
        compared = false;
      } else if (!compared && now - changed > QUIET.toNanos()) {
        if (ground.rows().compare(new PublishedLog(ground.bootstrap(), topic)).none()) {
          return changed;
        }
        compared = true;
      } else if (now - changed > STUCK.toNanos()) {
        throw TandemException.failed(
            "nothing has come to %s for %d s and its rows are not right: see the engine's log"
                .formatted(topic, STUCK.toSeconds()));
      }
      Thread.sleep(STEP.toMillis());
    }
  }
}
