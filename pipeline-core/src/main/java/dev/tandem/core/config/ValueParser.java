package dev.tandem.core.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text of a setting to its value. A parser throws {@link IllegalArgumentException} whose message
 * says what is expected ("a whole number from 0 to 65535"), not what was given.
 *
 * @param <T> what the text becomes
 */
@FunctionalInterface
interface ValueParser<T> {

  Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,12})\\s*([A-Za-z]*)");

  Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  T parse(String text);

  static ValueParser<Integer> wholeNumber(int least, int most) {
    return text -> {
      try {
        int value = Integer.parseInt(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException notANumber) {
        // Said below, together with the range.
      }
      throw new IllegalArgumentException(
          most == Integer.MAX_VALUE
              ? "a whole number of at least " + least
              : "a whole number from " + least + " to " + most);
    };
  }

  /** {@code 200ms}, {@code 1s}, {@code 5m}, {@code 2h}, {@code 7d}. */
  static Duration duration(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (matcher.matches()) {
      ChronoUnit unit = UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT));
      if (unit != null) {
        return Duration.of(Long.parseLong(matcher.group(1)), unit);
      }
    }
    throw new IllegalArgumentException("a length of time such as 200ms, 1s, 5m, 2h or 7d");
  }

  /** As {@link #duration}, or {@code 0}, or {@code forever}: empty. */
  static Optional<Duration> durationOrForever(String text) {
    if (text.equalsIgnoreCase("forever")) {
      return Optional.empty();
    }
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    try {
      return Optional.of(duration(text));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("forever, 0, or " + wrong.getMessage(), wrong);
    }
  }

  /** A count of copies, or {@code broker}: empty. */
  static Optional<Integer> replicasOrBroker(String text) {
    if (text.equalsIgnoreCase("broker")) {
      return Optional.empty();
    }
    try {
      return Optional.of(wholeNumber(1, 100).parse(text));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("broker, or " + wrong.getMessage(), wrong);
    }
  }

  /** {@code 64KB}, {@code 256MB}, {@code 2GB} (powers of 1024) or plain bytes. */
  static Long bytes(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (matcher.matches()) {
      int shift =
          switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
            case "", "B" -> 0;
            case "K", "KB" -> 10;
            case "M", "MB" -> 20;
            case "G", "GB" -> 30;
            default -> -1;
          };
      long amount = Long.parseLong(matcher.group(1));
      if (shift >= 0 && amount <= Long.MAX_VALUE >> shift) {
        return amount << shift;
      }
    }
    throw new IllegalArgumentException("a size such as 64KB, 256MB or 2GB");
  }

  /** {@code 10%} or {@code 10}: 10; from 0 to 100. */
  static BigDecimal percent(String text) {
    String number = text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
    try {
      BigDecimal value = new BigDecimal(number);
      if (value.signum() >= 0 && value.compareTo(BigDecimal.valueOf(100)) <= 0) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Said below, together with the range.
    }
    throw new IllegalArgumentException("a percentage from 0% to 100%");
  }
}
