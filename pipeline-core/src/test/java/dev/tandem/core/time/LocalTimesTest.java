package dev.tandem.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalTimesTest {
  private static final ZoneId PORTLAND = ZoneId.of("America/Los_Angeles");

  private static String parse(String text) {
    return Instant.ofEpochMilli(LocalTimes.parse(text, PORTLAND)).toString();
  }

  @Test
  void shouldTakeTheFirstMomentOfADate() {
    assertThat(parse("2017-08-01")).isEqualTo("2017-08-01T07:00:00Z");
  }

  @Test
  void shouldReadTimesInTheZone() {
    assertThat(parse("2017-08-01T08:30")).isEqualTo("2017-08-01T15:30:00Z");
    assertThat(parse("2017-08-01 08:30:15")).isEqualTo("2017-08-01T15:30:15Z");
  }

  @Test
  void shouldMoveForwardWhenTheTimeIsSkippedAndTakeTheEarlierWhenItIsTwice() {
    assertThat(parse("2017-03-12T02:30")).isEqualTo("2017-03-12T10:30:00Z");
    assertThat(parse("2017-11-05T01:30")).isEqualTo("2017-11-05T08:30:00Z");
  }

  @Test
  void shouldLeaveEndsOpenWhenTheyAreNotGiven() {
    assertThat(LocalTimes.range(Optional.empty(), Optional.empty(), PORTLAND))
        .isEqualTo(TimeRange.ALL);
  }

  @Test
  void shouldNameTheOptionWhenItIsWrong() {
    assertThatThrownBy(
            () -> LocalTimes.range(Optional.of("2017-13-01"), Optional.empty(), PORTLAND))
        .isInstanceOf(TandemException.class)
        .hasMessage(
            "--from 2017-13-01: give a date such as 2017-08-01 or a time such as 2017-08-01T08:00, "
                + "in the zone America/Los_Angeles");
  }

  @Test
  void shouldRefuseAnEmptyRange() {
    assertThatThrownBy(
            () -> LocalTimes.range(Optional.of("2017-08-01"), Optional.of("2017-08-01"), PORTLAND))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("the range is empty");
  }
}
