package dev.tandem.bench.work;

import dev.tandem.core.TandemException;
import java.time.Duration;

/**
 * The moment at which a topic of rows came to hold the right ones.
 *
 * @param nanos as {@link System#nanoTime} counts; when it was so, not when that was seen
 * @param records in the topic then, committed, markers of transactions among them
 */
public record SettledRows(long nanos, long records) {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final Duration STUCK = Duration.ofMinutes(4);

  /** Is told how things stand while rows are waited for. */
  public interface Watcher {
    /** Throws when it is no use to wait any longer. */
    void check();

    /** There are more records than before. */
    default void progress() {}
  }

  /**
   * Waits until rows are right.
   *
   * @throws TandemException when nothing comes any more and they are not
   */
  public static SettledRows await(Ground ground, String topic, Watcher watcher)
      throws InterruptedException {
    TopicWatch watch = new TopicWatch(ground.admin());
    long expected = ground.rows().expected();
    SettledRows last = new SettledRows(System.nanoTime(), 0);
    boolean compared = false;
    while (true) {
      watcher.check();
      long records = watch.committed(topic);
      long now = System.nanoTime();
      if (records != last.records()) {
        last = new SettledRows(now, records);
        watcher.progress();
        compared = false;
      } else if (!compared && records >= expected && now - last.nanos() > QUIET.toNanos()) {
        if (ground.rows().compare(new PublishedLog(ground.bootstrap(), topic)).none()) {
          return last;
        }
        compared = true;
      } else if (now - last.nanos() > STUCK.toNanos()) {
        throw TandemException.failed(
            "nothing has come to %s for %d s and its rows are not right: see the engine's log"
                .formatted(topic, STUCK.toSeconds()));
      }
      Thread.sleep(STEP.toMillis());
    }
  }
}
