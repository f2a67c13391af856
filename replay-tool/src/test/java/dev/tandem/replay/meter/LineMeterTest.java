package dev.tandem.replay.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LineMeterTest {
  private static final long SECOND = 1_000_000_000L;

  private final StringWriter text = new StringWriter();
  private long now = 17 * SECOND;

  @Test
  void shouldSayRateAndTimeLeftEveryFiveSeconds() {
    try (Meter meter = new LineMeter("rows", new PrintWriter(text), () -> now)) {
      meter.show(0, 480_000);
      now += 60 * SECOND;
      for (int i = 1; i <= 12; i++) {
        meter.show(i * 10_000L, 480_000);
        now += SECOND;
      }
    }
    assertThat(text.toString().lines())
        .containsExactly(
            " 12% 60,000 rows, 10,000 rows/s, 42 s left",
            " 22% 110,000 rows, 10,000 rows/s, 37 s left");
  }

  @Test
  void shouldLeaveShareAndTimeOutWhenTheTotalIsUnknown() {
    try (Meter meter = new LineMeter("rows", new PrintWriter(text), () -> now)) {
      meter.show(100, 0);
      now += 5 * SECOND;
      meter.show(600, 0);
    }
    assertThat(text.toString().lines()).containsExactly("600 rows, 100 rows/s");
  }
}
