package dev.tandem.streams.service;

import dev.tandem.core.fault.FailPoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the state is read back from changelogs, as after a kill: said in the log when it begins,
 * every ten seconds and at its end, and for health checks. Thread-safe.
 */
final class Restoration implements StateRestoreListener {
  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);
  private static final long WORTH_A_LINE = 50_000;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  /** Before that the rate is not worth a forecast. */
  private static final Duration WARM_UP = Duration.ofSeconds(1);

  private final String pipeline;
  private final LongSupplier nanos;
  private final Map<TopicPartition, Changelog> changelogs = new HashMap<>();
  private int open;
  private long began;
  private long lastLine;

  Restoration(String pipeline, LongSupplier nanos) {
    this.pipeline = pipeline;
    this.nanos = nanos;
  }

  /** Offsets of a changelog partition: from where, how far by now, up to where (exclusive). */
  private record Changelog(long from, long reached, long to) {}

  /**
   * How far it is. Of a compacted changelog not every offset holds a record, so both numbers are
   * offsets, an upper bound of records.
   *
   * @param done offsets behind it
   * @param total offsets in all, of the changelogs that are known to need it
   * @param left at the rate so far; null while that is not known
   */
  record Progress(long done, long total, @Nullable Duration left) {
    int percent() {
      return total == 0 ? 100 : (int) (done * 100 / total);
    }

    /** For a person to read. */
    String text() {
      return String.format(
          Locale.ROOT,
          "reading state back from Kafka: %d %% of %,d records%s",
          percent(),
          total,
          left == null ? "" : ", about " + Math.max(1, left.toSeconds()) + " s left");
    }
  }

  /** Empty when no state is being read back. */
  synchronized Optional<Progress> progress() {
    return open == 0 ? Optional.empty() : Optional.of(now());
  }

  private Progress now() {
    long done = changelogs.values().stream().mapToLong(c -> c.reached - c.from).sum();
    long total = changelogs.values().stream().mapToLong(c -> c.to - c.from).sum();
    long elapsed = nanos.getAsLong() - began;
    boolean known = done > 0 && elapsed >= WARM_UP.toNanos();
    return new Progress(
        done,
        total,
        known ? Duration.ofNanos((long) ((double) elapsed / done * (total - done))) : null);
  }

  @Override
  public synchronized void onRestoreStart(
      TopicPartition changelog, String store, long from, long to) {
    if (open++ == 0) {
      changelogs.clear();
      began = nanos.getAsLong();
      lastLine = began;
    }
    changelogs.put(changelog, new Changelog(from, from, to));
    if (to - from > WORTH_A_LINE) {
      LOG.info("{}: reading up to {} records of {} back", pipeline, to - from, changelog);
    }
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long count) {
    FailPoint.APP_RESTORING.reached();
    batch(changelog, end);
  }

  private synchronized void batch(TopicPartition changelog, long end) {
    changelogs.computeIfPresent(
        changelog, (k, c) -> new Changelog(c.from, Math.min(end + 1, c.to), c.to));
    if (nanos.getAsLong() - lastLine >= BETWEEN_LINES.toNanos()) {
      lastLine = nanos.getAsLong();
      LOG.info("{}: {}", pipeline, now().text());
    }
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {
    ended(changelog, true);
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
    ended(changelog, false);
  }

  private synchronized void ended(TopicPartition changelog, boolean whole) {
    if (whole) {
      changelogs.computeIfPresent(changelog, (k, c) -> new Changelog(c.from, c.to, c.to));
    } else {
      changelogs.remove(changelog);
    }
    open = Math.max(0, open - 1);
    long done = now().done();
    if (open == 0 && done > 0) {
      LOG.info(
          "{}: up to {} records of state read back in {} s",
          pipeline,
          done,
          String.format(Locale.ROOT, "%.1f", (nanos.getAsLong() - began) / 1e9));
    }
  }
}
