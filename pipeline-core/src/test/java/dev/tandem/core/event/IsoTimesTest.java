package dev.tandem.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsoTimesTest {
  /** One instance over random times: the remembered offset must never be that of another time. */
  private static final List<IsoTimes> ZONES =
      List.of(
          new IsoTimes(ZoneId.of("America/Los_Angeles")),
          new IsoTimes(ZoneId.of("Australia/Lord_Howe")),
          new IsoTimes(ZoneId.of("UTC")));

  private static final List<ZoneId> IDS =
      List.of(ZoneId.of("America/Los_Angeles"), ZoneId.of("Australia/Lord_Howe"), ZoneId.of("UTC"));

  private static long parse(String text) {
    return IsoTimes.parse(text.toCharArray(), 0, text.length());
  }

  @Property
  void shouldAgreeWithJavaTime(
      @ForAll @LongRange(min = EventLimits.MIN_TIME, max = EventLimits.MAX_TIME) long millis) {
    for (int i = 0; i < ZONES.size(); i++) {
      String text = ZONES.get(i).format(millis);
      OffsetDateTime there = Instant.ofEpochMilli(millis).atZone(IDS.get(i)).toOffsetDateTime();
      assertThat(OffsetDateTime.parse(text)).isEqualTo(there);
      assertThat(parse(text)).isEqualTo(millis);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2017-03-12T09:59:59.999Z, 2017-03-12T01:59:59.999-08:00",
    "2017-03-12T10:00:00Z, 2017-03-12T03:00:00-07:00",
    "2017-11-05T08:59:59Z, 2017-11-05T01:59:59-07:00",
    "2017-11-05T09:00:00Z, 2017-11-05T01:00:00-08:00",
    "1883-11-18T19:59:59Z, 1883-11-18T12:07:01-07:52:58",
    "1883-11-18T20:00:00Z, 1883-11-18T12:00:00-08:00",
    "9999-12-31T23:59:59Z, 9999-12-31T15:59:59-08:00",
  })
  void shouldTakeTheOffsetOfTheMoment(Instant instant, String text) {
    IsoTimes fresh = new IsoTimes(ZoneId.of("America/Los_Angeles"));
    fresh.format(0);
    assertThat(fresh.format(instant.toEpochMilli())).isEqualTo(text);
    assertThat(fresh.format(instant.toEpochMilli())).isEqualTo(text);
  }

  @Test
  void shouldWriteUtcWithZ() {
    assertThat(new IsoTimes(ZoneId.of("UTC")).format(0)).isEqualTo("1970-01-01T00:00:00Z");
  }
}
