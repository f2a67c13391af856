package dev.tandem.streams.topology;

import dev.tandem.core.reconcile.FirstHalf;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Forgets, a minute after the start and then daily, event ids appended too long ago. */
final class IdExpiry {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration THEN = Duration.ofDays(1);
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final KeyValueStore<byte[], byte[]> eventIds;
  private final Duration retention;
  private final Runnable flush;

  /**
   * @param flush writes what is not in the store yet
   */
  IdExpiry(KeyValueStore<byte[], byte[]> eventIds, Duration retention, Runnable flush) {
    this.eventIds = eventIds;
    this.retention = retention;
    this.flush = flush;
  }

  void schedule(ProcessorContext<?, ?> context) {
    Cancellable[] first = new Cancellable[1];
    first[0] =
        context.schedule(
            FIRST,
            PunctuationType.WALL_CLOCK_TIME,
            now -> {
              first[0].cancel();
              context.schedule(THEN, PunctuationType.WALL_CLOCK_TIME, this::expire);
              expire(now);
            });
  }

  /** The last day on which something was appended that is remembered. */
  private long newestDay() {
    long newest = 0;
    try (KeyValueIterator<byte[], byte[]> all = eventIds.all()) {
      while (all.hasNext()) {
        newest = Math.max(newest, FirstHalf.dayOf(all.next().value).orElse(0));
      }
    }
    return newest;
  }

  /**
   * One pass over all ids; keeps whole days, so an id lives at least the retention, by this
   * machine's clock and by the log's: a clock that is ahead must not have everything forgotten.
   */
  private void expire(long now) {
    flush.run();
    long firstDay =
        Math.floorDiv(
            Math.min(now, (newestDay() + 1) * DAY_MILLIS) - retention.toMillis(), DAY_MILLIS);
    try (KeyValueIterator<byte[], byte[]> all = eventIds.all()) {
      while (all.hasNext()) {
        KeyValue<byte[], byte[]> entry = all.next();
        Optional<byte[]> left = FirstHalf.forgetBefore(entry.value, firstDay);
        if (left.isEmpty()) {
          eventIds.delete(entry.key);
        } else if (left.get().length != entry.value.length) {
          eventIds.put(entry.key, left.get());
        }
      }
    }
  }
}
