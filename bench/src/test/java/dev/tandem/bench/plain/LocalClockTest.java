package dev.tandem.bench.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LocalClockTest {
  private final LocalClock clock = new LocalClock();

  @Test
  void shouldKnowWhichDatesThereAre() {
    assertThat(clock.day(1970, 1, 1)).isZero();
    assertThat(clock.day(2016, 2, 29)).isEqualTo(16_860);
    assertThat(clock.day(2017, 2, 29)).isEqualTo(LocalClock.NO_DAY);
    assertThat(clock.day(2017, 13, 1)).isEqualTo(LocalClock.NO_DAY);
    assertThat(clock.day(17, 1, 1)).isEqualTo(LocalClock.NO_DAY);
  }

  @Test
  void shouldReadLocalHoursAsThePipelineDoes() {
    assertThat(utc(2017, 7, 1, 8)).isEqualTo("2017-07-01T15:00:00Z");
    assertThat(utc(2017, 1, 1, 8)).isEqualTo("2017-01-01T16:00:00Z");
    // Clocks skip 2:00 to 3:00: an hour later.
    assertThat(utc(2017, 3, 12, 2)).isEqualTo("2017-03-12T10:00:00Z");
    // 1:00 to 2:00 comes twice: the first one.
    assertThat(utc(2017, 11, 5, 1)).isEqualTo("2017-11-05T08:00:00Z");
  }

  private String utc(int year, int month, int day, int hour) {
    return Instant.ofEpochSecond(clock.utc(clock.day(year, month, day), hour) * 3600L).toString();
  }
}
