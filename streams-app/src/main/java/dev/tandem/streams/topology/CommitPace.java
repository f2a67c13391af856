package dev.tandem.streams.topology;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * When a task asks for a commit. A commit makes what was counted visible, and costs the same
 * whatever is in it: so often where the newest events are counted, and as seldom as Kafka Streams
 * commits by itself while old ones are caught up on, until nothing more comes. Not thread-safe: of
 * one task.
 */
final class CommitPace {
  /** Kafka Streams commits by itself after this, or the interval where that is longer. */
  static final Duration CATCHING_UP = Duration.ofSeconds(1);

  /** What was appended longer ago is old: both halves may have waited for a commit by then. */
  private static final long OLD_MILLIS = 3 * CATCHING_UP.toMillis();

  private final ProcessorContext<?, ?> context;
  private final long intervalMillis;
  private long lastCommit;
  private boolean newest = true;
  private boolean asked;
  private boolean took;
  private @Nullable Cancellable later;
  private @Nullable Cancellable idle;

  /**
   * @param interval between commits at the newest events
   */
  CommitPace(ProcessorContext<?, ?> context, Duration interval) {
    this.context = context;
    this.intervalMillis = interval.toMillis();
    this.lastCommit = context.currentSystemTimeMs();
  }

  /**
   * Something was taken in that is to be committed.
   *
   * @param appended when the newest event behind it was appended to the log, milliseconds since the
   *     epoch
   */
  void took(long appended) {
    newest = context.currentSystemTimeMs() - appended < OLD_MILLIS;
    took = true;
    again();
  }

  /** What was taken in waits for one more commit. */
  void again() {
    if (newest) {
      soon();
    } else if (!asked) {
      whenIdle();
    }
  }

  /** Asks for a commit when an interval went by in which nothing was taken in. */
  private void whenIdle() {
    if (idle == null) {
      idle =
          context.schedule(
              Duration.ofMillis(Math.max(1, intervalMillis)),
              PunctuationType.WALL_CLOCK_TIME,
              now -> {
                if (!took) {
                  commit();
                }
                took = false;
              });
    }
  }

  /** Asks for a commit when the interval is over, also where nothing was taken in. */
  void soon() {
    if (asked) {
      return;
    }
    asked = true;
    long wait = lastCommit + intervalMillis - context.currentSystemTimeMs();
    // A punctuation, because a task has nothing to commit before it has processed or punctuated.
    later =
        context.schedule(
            Duration.ofMillis(Math.max(1, Math.min(wait, intervalMillis))),
            PunctuationType.WALL_CLOCK_TIME,
            now -> commit());
  }

  private void commit() {
    cancel();
    context.commit();
  }

  /** The commit comes now, whoever asked for it. */
  void committing() {
    cancel();
    asked = false;
    lastCommit = context.currentSystemTimeMs();
  }

  private void cancel() {
    if (later != null) {
      later.cancel();
      later = null;
    }
    if (idle != null) {
      idle.cancel();
      idle = null;
    }
  }
}
