package dev.tandem.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.WindowUnit;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarWindowsTest {
  private static final ZoneId PORTLAND = ZoneId.of("America/Los_Angeles");

  private static long at(String local) {
    return ZonedDateTime.parse(local).toInstant().toEpochMilli();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "America/Los_Angeles",
        "UTC",
        "Asia/Kathmandu",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Pacific/Apia"
      })
  void shouldAgreeWithJavaTimeEverywhere(String zone) {
    ZoneId id = ZoneId.of(zone);
    CalendarWindows windows = new CalendarWindows(id);
    Random random = new Random(1);
    long time = at("2005-01-01T00:00:00Z");
    for (int i = 0; i < 50_000; i++) {
      time += (long) (random.nextDouble() * 14 * 3_600_000L);
      ZonedDateTime z = Instant.ofEpochMilli(time).atZone(id);
      LocalDate date = z.toLocalDate();
      assertThat(windows.start(WindowUnit.HOUR, time))
          .isEqualTo(millis(z.truncatedTo(ChronoUnit.HOURS)));
      assertThat(windows.start(WindowUnit.DAY, time)).isEqualTo(millis(date.atStartOfDay(id)));
      assertThat(windows.start(WindowUnit.WEEK, time))
          .isEqualTo(
              millis(
                  date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay(id)));
      assertThat(windows.start(WindowUnit.MONTH, time))
          .isEqualTo(millis(date.withDayOfMonth(1).atStartOfDay(id)));
      for (WindowUnit unit : WindowUnit.values()) {
        long start = windows.start(unit, time);
        assertThat(time).isGreaterThanOrEqualTo(start);
        if (unit != WindowUnit.HOUR) {
          assertThat(time).isLessThan(windows.end(unit, start));
        }
      }
    }
  }

  private static long millis(ZonedDateTime z) {
    return z.toInstant().toEpochMilli();
  }

  @Test
  void shouldHaveDaysOf23And25HoursAtClockChanges() {
    CalendarWindows windows = new CalendarWindows(PORTLAND);
    long spring = windows.start(WindowUnit.DAY, at("2017-03-12T12:00:00-07:00"));
    assertThat(windows.end(WindowUnit.DAY, spring) - spring).isEqualTo(23 * 3_600_000L);
    long autumn = windows.start(WindowUnit.DAY, at("2017-11-05T12:00:00-08:00"));
    assertThat(windows.end(WindowUnit.DAY, autumn) - autumn).isEqualTo(25 * 3_600_000L);
  }

  @Test
  void shouldTellTheTwoHoursApartThatShareTheirName() {
    CalendarWindows windows = new CalendarWindows(PORTLAND);
    long first = windows.start(WindowUnit.HOUR, at("2017-11-05T01:30:00-07:00"));
    long second = windows.start(WindowUnit.HOUR, at("2017-11-05T01:30:00-08:00"));
    assertThat(second - first).isEqualTo(3_600_000L);
  }
}
