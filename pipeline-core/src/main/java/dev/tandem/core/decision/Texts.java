package dev.tandem.core.decision;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as alerts write them. */
final class Texts {
  private Texts() {}

  /** Rounded to so many places, without zeros at the end. */
  static BigDecimal rounded(double value, int places) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
    BigDecimal stripped = rounded.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** With one decimal place at most. */
  static String number(double value) {
    return rounded(value, 1).toPlainString();
  }

  static String hours(int count) {
    return count == 1 ? "in this hour" : "in " + count + " hours";
  }
}
