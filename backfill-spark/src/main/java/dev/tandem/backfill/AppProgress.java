package dev.tandem.backfill;

import dev.tandem.core.kafka.LedgerCheck;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.FirstHalfState;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** How far the streams app is, seen from outside: by the offsets that its group has committed. */
final class AppProgress {
  private static final long COUNTED_ONE_BY_ONE = 10_000;
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long LINE_MILLIS = 5_000;

  private final Map<String, String> kafka;
  private final Topics topics;
  private final Offsets offsets;
  private final Consumer<String> notice;

  AppProgress(Map<String, String> kafka, Topics topics, Offsets offsets, Consumer<String> notice) {
    this.kafka = kafka;
    this.topics = topics;
    this.offsets = offsets;
    this.notice = notice;
  }

  /**
   * Waits until the app has counted the log up to {@code ends} and published what came of it.
   *
   * @param patience gives up when the app gets no further for so long
   * @return records it is behind, 0 when it has come there
   */
  long await(Map<Integer, Long> ends, Duration patience, Duration flushInterval) {
    long behind = await(topics.events(), ends, "events", patience);
    if (behind > 0 || !offsets.exists(topics.partials())) {
      return behind;
    }
    behind = await(topics.partials(), offsets.ends(topics.partials()), "contributions", patience);
    if (behind == 0) {
      Waiting.pause(flushInterval.plus(POLL));
    }
    return behind;
  }

  private long await(String topic, Map<Integer, Long> ends, String what, Duration patience) {
    long best = Long.MAX_VALUE;
    long since = System.nanoTime();
    long lastLine = since;
    while (true) {
      long behind = behind(topic, ends);
      long now = System.nanoTime();
      if (behind < best) {
        best = behind;
        since = now;
      }
      long waited = (now - since) / 1_000_000;
      if (behind == 0 || waited >= patience.toMillis()) {
        return behind;
      }
      if ((now - lastLine) / 1_000_000 >= LINE_MILLIS) {
        lastLine = now;
        notice.accept(
            String.format(
                Locale.ROOT,
                "  ... the app is %,d %s behind (%d s left unless it moves)",
                behind,
                what,
                (patience.toMillis() - waited) / 1000));
      }
      Waiting.pause(POLL);
    }
  }

  /** Records before {@code ends} that the app has not committed; markers do not count. */
  private long behind(String topic, Map<Integer, Long> ends) {
    Map<Integer, Long> committed = offsets.committed(topics.applicationId(), topic);
    long[] behind = {0};
    ends.forEach(
        (partition, end) -> {
          long next = committed.getOrDefault(partition, 0L);
          if (end - next > COUNTED_ONE_BY_ONE) {
            behind[0] += end - next;
          } else if (next < end) {
            behind[0] += records(new TopicPartition(topic, partition), next, end);
          }
        });
    return behind[0] == 0 && topic.equals(topics.events()) ? uncounted(ends) : behind[0];
  }

  /**
   * Records before {@code ends} that the app has read but not counted yet: those parked, and those
   * behind the position of the newest ledger that can be read, which may be a moment older than the
   * offsets.
   */
  private long uncounted(Map<Integer, Long> ends) {
    long uncounted = 0;
    try (TopicReader reader = new TopicReader(kafka)) {
      for (Map.Entry<Integer, FirstHalfState> e :
          LedgerCheck.read(reader, topics).states().entrySet()) {
        uncounted += e.getValue().ledger().parked() + e.getValue().parkedBarriers();
        long end = ends.getOrDefault(e.getKey(), 0L);
        if (e.getValue().position() < end) {
          TopicPartition partition = new TopicPartition(topics.events(), e.getKey());
          uncounted += records(partition, e.getValue().position(), end);
        }
      }
    }
    return uncounted;
  }

  private long records(TopicPartition partition, long from, long to) {
    long[] count = {0};
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.read(partition, from, to, record -> count[0]++);
    }
    return count[0];
  }
}
