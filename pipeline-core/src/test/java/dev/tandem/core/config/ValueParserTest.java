package dev.tandem.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueParserTest {

  @ParameterizedTest
  @CsvSource({
    "200ms,PT0.2S",
    "1s,PT1S",
    "5m,PT5M",
    "2h,PT2H",
    "7d,PT168H",
    "999999999999d,PT23999999999976H",
    "0s,PT0S",
    "3 S,PT3S"
  })
  void shouldReadALengthOfTime(String text, Duration expected) {
    assertThat(ValueParser.duration(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "s", "-1s", "1.5s", "1y", "99999999999999999999s"})
  void shouldRefuseWhatIsNotALengthOfTime(String text) {
    assertThatThrownBy(() -> ValueParser.duration(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("200ms");
  }

  @Test
  void shouldReadForeverAsNoEnd() {
    assertThat(ValueParser.durationOrForever("forever")).isEmpty();
    assertThat(ValueParser.durationOrForever("30d")).contains(Duration.ofDays(30));
  }

  @ParameterizedTest
  @CsvSource({"1024,1024", "64KB,65536", "256MB,268435456", "2GB,2147483648", "1 g,1073741824"})
  void shouldReadASize(String text, long expected) {
    assertThat(ValueParser.bytes(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "1TB", "-1MB", "999999999999GB"})
  void shouldRefuseWhatIsNotASize(String text) {
    assertThatThrownBy(() -> ValueParser.bytes(text)).hasMessageContaining("256MB");
  }

  @ParameterizedTest
  @CsvSource({"10%,10", "10,10", "2.5 %,2.5", "0%,0", "100%,100"})
  void shouldReadAPercentage(String text, BigDecimal expected) {
    assertThat(ValueParser.percent(text)).isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "-1%", "101%", "ten"})
  void shouldRefuseWhatIsNotAPercentage(String text) {
    assertThatThrownBy(() -> ValueParser.percent(text)).hasMessageContaining("0% to 100%");
  }
}
