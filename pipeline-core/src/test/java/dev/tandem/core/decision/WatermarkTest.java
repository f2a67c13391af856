package dev.tandem.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.aggregate.Bytes;
import org.junit.jupiter.api.Test;

/** How far event time has come. */
class WatermarkTest {
  private static final long DAY = 24 * 3_600_000L;
  private static final long NOW = 17_000 * DAY;

  private final Watermark watermark = new Watermark();

  private void start() {
    for (int i = 0; i < Watermark.CONFIRMATIONS; i++) {
      watermark.offer(NOW + i);
    }
  }

  @Test
  void shouldBeginWhenSomeEventsInARowAreThere() {
    assertThat(watermark.offer(NOW + 5)).isEqualTo(Watermark.Verdict.HELD);
    assertThat(watermark.offer(NOW)).isEqualTo(Watermark.Verdict.HELD);
    assertThat(watermark.isStarted()).isFalse();
    assertThat(watermark.offer(NOW + 9)).isEqualTo(Watermark.Verdict.BELIEVED);
    assertThat(watermark.time()).as("the smallest of them").isEqualTo(NOW);
  }

  @Test
  void shouldBeTheLargestTimeSoFar() {
    start();
    watermark.offer(NOW + DAY);
    watermark.offer(NOW - DAY);
    assertThat(watermark.time()).isEqualTo(NOW + DAY);
  }

  @Test
  void shouldNotBelieveAClockThatIsFarAhead() {
    start();
    for (int i = 0; i < 10; i++) {
      assertThat(watermark.offer(NOW + 1000 * DAY)).isEqualTo(Watermark.Verdict.HELD);
      assertThat(watermark.offer(NOW + i)).isEqualTo(Watermark.Verdict.NEAR);
    }
    assertThat(watermark.time()).isLessThan(NOW + DAY);
  }

  @Test
  void shouldGoOnBehindAGapWhenSeveralEventsInARowAreThere() {
    start();
    watermark.offer(NOW + 20 * DAY);
    watermark.offer(NOW + 21 * DAY);
    assertThat(watermark.offer(NOW + 22 * DAY)).isEqualTo(Watermark.Verdict.BELIEVED);
    assertThat(watermark.time()).isEqualTo(NOW + 20 * DAY);
  }

  @Test
  void shouldGoOnFromItsBytes() {
    start();
    watermark.offer(NOW + 20 * DAY);
    Bytes bytes = Bytes.writer();
    watermark.write(bytes);
    Watermark restored = new Watermark(Bytes.reader(bytes.toArray()));
    assertThat(restored.time()).isEqualTo(watermark.time());
    restored.offer(NOW + 21 * DAY);
    assertThat(restored.offer(NOW + 22 * DAY)).isEqualTo(Watermark.Verdict.BELIEVED);
  }
}
