package dev.tandem.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.TimePatterns;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPatternTest {
  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final String[] PATTERNS = {
    "M/d/yyyy H:mm", "yyyy-MM-dd HH:mm:ss", "dd.MM.uuuu", "H:m:s d-M-uuuu"
  };
  private static final String[] ZONES = {
    "America/Los_Angeles", "UTC", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Monrovia"
  };

  private static long read(PlainPattern pattern, String text) {
    return pattern.read(("_" + text + "_").toCharArray(), 1, text.length() + 1);
  }

  /** One reader for all times, since it remembers the offset of the last. */
  @Property(tries = 100)
  void shouldReadAsTheFormatterDoes(
      @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long first,
      @ForAll @LongRange(min = -20_000_000, max = 20_000_000) int step) {
    for (String zone : ZONES) {
      for (String pattern : PATTERNS) {
        DateTimeFormatter formatter = TimePatterns.formatter(pattern);
        PlainPattern reader = PlainPattern.of(pattern, ZoneId.of(zone)).orElseThrow();
        for (int i = 0; i < 20; i++) {
          long seconds = Math.floorMod(first + (long) step * i, 253_402_300_799L);
          String text = formatter.format(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
          TemporalAccessor parsed = formatter.parse(text);
          LocalTime time = parsed.query(TemporalQueries.localTime());
          LocalDateTime local =
              LocalDate.from(parsed).atTime(time == null ? LocalTime.MIDNIGHT : time);
          boolean once = ZoneId.of(zone).getRules().getValidOffsets(local).size() == 1;
          assertThat(read(reader, text))
              .as(text)
              .isEqualTo(
                  once
                      ? local.atZone(ZoneId.of(zone)).toInstant().toEpochMilli()
                      : PlainPattern.UNKNOWN);
        }
      }
    }
  }

  /** Around each change of the clock, minute by minute. */
  @Test
  void shouldLeaveTimesThatAreSkippedOrComeTwiceToTheFormatter() {
    PlainPattern pattern = PlainPattern.of("yyyy-MM-dd HH:mm", ZONE).orElseThrow();
    for (String day : new String[] {"2020-03-08", "2020-11-01", "1883-11-18"}) {
      LocalDateTime midnight = LocalDate.parse(day).atStartOfDay();
      for (int minute = 0; minute < 24 * 60; minute++) {
        LocalDateTime local = midnight.plusMinutes(minute);
        boolean once = ZONE.getRules().getValidOffsets(local).size() == 1;
        assertThat(read(pattern, local.toString().replace('T', ' ')))
            .as(local.toString())
            .isEqualTo(once ? local.atZone(ZONE).toInstant().toEpochMilli() : PlainPattern.UNKNOWN);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7/1/2020",
        "7/1/2020 13:5",
        "7/1/2020 13:05 ",
        "7/1/20 13:05",
        "7/1/02020 13:05",
        "07/001/2020 13:05",
        "+7/1/2020 13:05",
        "2/29/2021 13:05",
        "13/1/2020 13:05",
        "0/1/2020 13:05",
        "7/0/2020 13:05",
        "7/1/0000 13:05",
        "7/1/2020 24:00",
        "7/1/2020 13:60",
        "7-1-2020 13:05",
        "٧/1/2020 13:05",
      })
  void shouldKnowNothingOfOtherTexts(String text) {
    PlainPattern pattern = PlainPattern.of("M/d/yyyy H:mm", ZONE).orElseThrow();
    assertThat(read(pattern, text)).isEqualTo(PlainPattern.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyyMMdd",
        "yy-MM-dd",
        "yyyy-MM",
        "yyyy-MM-dd HH",
        "yyyy-MM-dd hh:mm a",
        "dd/MMM/yyyy",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd HH:mm[:ss]",
        "yyyy-MM-dd HH:mm:ss.SSS",
        "yyyy-MM-dd HH:mm:ssXXX",
        "yyyy-uuuu-MM-dd",
      })
  void shouldBeOfNoOtherPatterns(String pattern) {
    assertThat(PlainPattern.of(pattern, ZONE)).isEmpty();
  }
}
