package dev.tandem.streams.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is said of state that is read back. */
class RestorationTest {
  private static final TopicPartition ROWS = new TopicPartition("tandem-p-rows-changelog", 0);
  private static final TopicPartition IDS = new TopicPartition("tandem-p-event-ids-changelog", 1);

  private final AtomicLong nanos = new AtomicLong(5);
  private final Restoration restoration = new Restoration("p", nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void shouldSayHowMuchTimeIsLeftAtTheRateSoFar() {
    assertThat(restoration.progress()).isEmpty();
    restoration.onRestoreStart(ROWS, "rows", 1_000, 11_000);
    restoration.onRestoreStart(IDS, "event-ids", 0, 10_000);
    assertThat(restoration.progress())
        .contains(new Restoration.Progress(0, 20_000, null))
        .get()
        .extracting(Restoration.Progress::text)
        .isEqualTo("reading state back from Kafka: 0 % of 20,000 records");
    pass(Duration.ofSeconds(4));
    restoration.onBatchRestored(ROWS, "rows", 4_999, 900);
    restoration.onBatchRestored(IDS, "event-ids", 999, 1_000);
    assertThat(restoration.progress())
        .contains(new Restoration.Progress(5_000, 20_000, Duration.ofSeconds(12)))
        .get()
        .extracting(Restoration.Progress::text)
        .isEqualTo("reading state back from Kafka: 25 % of 20,000 records, about 12 s left");
  }

  @Test
  void shouldHaveNothingToSayAtTheEnd() {
    restoration.onRestoreStart(ROWS, "rows", 0, 100);
    restoration.onRestoreStart(IDS, "event-ids", 0, 100);
    restoration.onRestoreSuspended(IDS, "event-ids", 10);
    assertThat(restoration.progress()).contains(new Restoration.Progress(0, 100, null));
    restoration.onRestoreEnd(ROWS, "rows", 100);
    assertThat(restoration.progress()).isEmpty();
  }

  @Test
  void shouldBeginAnewAfterAnotherRebalance() {
    restoration.onRestoreStart(ROWS, "rows", 0, 100);
    restoration.onRestoreEnd(ROWS, "rows", 100);
    restoration.onRestoreStart(IDS, "event-ids", 40, 50);
    assertThat(restoration.progress()).contains(new Restoration.Progress(0, 10, null));
  }
}
