package dev.tandem.core.event;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Decimal texts to scaled integers and back, exactly: {@code "15.4"} of scale 2 is 1540. Digits
 * beyond the scale are rounded half up, away from zero.
 */
public final class Decimals {
  /** Returned for a text that is no decimal number. */
  public static final long NOT_A_NUMBER = Long.MIN_VALUE;

  /** Returned for a number whose scaled value is beyond {@link EventLimits#MAX_NUMBER}. */
  public static final long OUT_OF_RANGE = Long.MIN_VALUE + 1;

  private static final int MAX_EXPONENT_TEXT = 1000;

  private Decimals() {}

  /**
   * The scaled value of {@code [+-]digits[.digits]}, also with an exponent; or {@link
   * #NOT_A_NUMBER}, or {@link #OUT_OF_RANGE}.
   */
  public static long parse(char[] text, int start, int end, int scale) {
    int i = start;
    boolean negative = i < end && text[i] == '-';
    if (negative || (i < end && text[i] == '+')) {
      i++;
    }
    long value = 0;
    int digits = 0;
    int places = -1; // behind the point; -1 before it
    boolean up = false;
    for (; i < end; i++) {
      int c = text[i] - '0';
      if (c >= 0 && c <= 9) {
        digits++;
        if (places >= scale) {
          up |= places == scale && c >= 5;
          places++;
          continue;
        }
        value = value * 10 + c;
        if (value > EventLimits.MAX_NUMBER) {
          return slow(text, start, end, scale);
        }
        places += places < 0 ? 0 : 1;
      } else if (text[i] == '.' && places < 0) {
        places = 0;
      } else {
        return slow(text, start, end, scale);
      }
    }
    if (digits == 0) {
      return NOT_A_NUMBER;
    }
    for (int p = Math.max(places, 0); p < scale; p++) {
      value *= 10;
      if (value > EventLimits.MAX_NUMBER) {
        return OUT_OF_RANGE;
      }
    }
    value += up ? 1 : 0;
    return value > EventLimits.MAX_NUMBER ? OUT_OF_RANGE : negative ? -value : value;
  }

  /** Exponents, very long texts, and whatever is no number. */
  private static long slow(char[] text, int start, int end, int scale) {
    if (end - start > MAX_EXPONENT_TEXT) {
      return NOT_A_NUMBER;
    }
    BigDecimal value;
    try {
      value = new BigDecimal(text, start, end - start);
    } catch (NumberFormatException e) {
      return NOT_A_NUMBER;
    }
    if (value.signum() == 0) {
      return 0;
    }
    // The place of the first digit decides before anything of the exponent's size is computed.
    long magnitude = (long) value.precision() - value.scale();
    if (magnitude + scale < 0) {
      return 0;
    }
    if (magnitude + scale > 17) {
      return OUT_OF_RANGE;
    }
    long scaled = value.setScale(scale, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    return EventLimits.isNumber(scaled) ? scaled : OUT_OF_RANGE;
  }

  /** With exactly {@code scale} places: 1540 of scale 2 is {@code 15.40}. */
  public static String format(long scaled, int scale) {
    if (scale == 0) {
      return Long.toString(scaled);
    }
    String digits = Long.toString(scaled);
    int sign = scaled < 0 ? 1 : 0;
    StringBuilder text = new StringBuilder(digits.length() + scale + 2);
    text.append(digits);
    while (text.length() - sign <= scale) {
      text.insert(sign, '0');
    }
    return text.insert(text.length() - scale, '.').toString();
  }
}
