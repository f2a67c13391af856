package dev.tandem.core.definition;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and lengths of time in a definition. */
final class YamlValues {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,6})?");

  private YamlValues() {}

  static Duration duration(Yaml node, String what) {
    String text = node.text(what);
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw node.error(
          "'" + text + "' is not a length of time", "write 500ms, 30s, 90m, 24h or 7d");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /** A decimal number of both ends' range. */
  static double number(Yaml node, String what, double least, double most) {
    String text = node.text(what);
    if (NUMBER.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw node.error(
        what + " " + text, "give a number from " + plain(least) + " to " + plain(most));
  }

  static int whole(Yaml node, String what, int least, int most) {
    String text = node.text(what);
    if (text.matches("[0-9]{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw node.error(what + " " + text, "give a whole number from " + least + " to " + most);
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
