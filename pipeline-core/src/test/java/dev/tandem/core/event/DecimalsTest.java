package dev.tandem.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
  private static long parse(String text, int scale) {
    // not at the array's start, so that offsets count
    return Decimals.parse(("9" + text + "9").toCharArray(), 1, text.length() + 1, scale);
  }

  @ParameterizedTest
  @CsvSource({
    "1.19,2,119",
    "+1,2,100",
    "-1.005,2,-101",
    "1.0049999,2,100",
    ".5,0,1",
    "5.,1,50",
    "-0.4,0,0",
    "1e3,1,10000",
    "12e-1,0,1",
    "15E-1,0,2",
    "0e999999999,2,0",
    "1e-999999999,2,0",
    "0000000000000000000000012.30,2,1230",
    "1000000000000000,0,1000000000000000",
    "10000000000000.00,2,1000000000000000",
  })
  void shouldScaleExactly(String text, int scale, long scaled) {
    assertThat(parse(text, scale)).isEqualTo(scaled);
  }

  @ParameterizedTest
  @CsvSource({
    "''", ".", "-", "1.2.3", "'1,2'", "abc", "1 2", "0x10", "NaN", "--1", "1e", "1f", "e5"
  })
  void shouldKnowWhatIsNoNumber(String text) {
    assertThat(parse(text, 2)).isEqualTo(Decimals.NOT_A_NUMBER);
  }

  @ParameterizedTest
  @CsvSource({
    "1000000000000001,0",
    "10000000000000.01,2",
    "10000000000000.005,2",
    "1e16,0",
    "1e999999999,2",
    "-99999999999999999999999999,0"
  })
  void shouldKnowWhatIsOutOfRange(String text, int scale) {
    assertThat(parse(text, scale)).isEqualTo(Decimals.OUT_OF_RANGE);
  }

  @Property
  void shouldRoundLikeBigDecimal(
      @ForAll @BigRange(min = "-99999", max = "99999") @Scale(12) BigDecimal value,
      @ForAll @IntRange(max = 9) int scale) {
    long expected = value.setScale(scale, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    assertThat(parse(value.toPlainString(), scale)).isEqualTo(expected);
    assertThat(parse(value.toString(), scale)).isEqualTo(expected);
  }

  @Property
  void shouldFormatLikeBigDecimal(
      @ForAll @LongRange(min = -EventLimits.MAX_NUMBER, max = EventLimits.MAX_NUMBER) long scaled,
      @ForAll @IntRange(max = 9) int scale) {
    String text = Decimals.format(scaled, scale);
    assertThat(text).isEqualTo(BigDecimal.valueOf(scaled, scale).toPlainString());
    assertThat(parse(text, scale)).isEqualTo(scaled);
  }
}
