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
    try (Meter meter = new LineMeter(new PrintWriter(text), () -> now)) {
      for (int i = 0; i <= 12; i++) {
        meter.show(i * 10_000L, 480_000);
        now += SECOND;
      }
    }
    assertThat(text.toString().lines())
        .containsExactly(
            " 10% 50,000 rows, 10,000 rows/s, 43 s left",
            " 20% 100,000 rows, 10,000 rows/s, 38 s left");
  }

  @Test
  void shouldLeaveShareAndTimeOutWhenTheTotalIsUnknown() {
    try (Meter meter = new LineMeter(new PrintWriter(text), () -> now)) {
      now += 6 * SECOND;
      meter.show(600, 0);
    }
    assertThat(text.toString().lines()).containsExactly("600 rows, 100 rows/s");
  }
}
