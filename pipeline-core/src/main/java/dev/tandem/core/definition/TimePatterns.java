package dev.tandem.core.definition;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** How time patterns of a definition are meant. */
public final class TimePatterns {
  private TimePatterns() {}

  /**
   * English names, and strict: 30 February is no date. {@code yyyy} means the same as {@code uuuu}.
   *
   * @throws IllegalArgumentException when it is not a pattern
   */
  public static DateTimeFormatter formatter(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .parseDefaulting(ChronoField.ERA, 1)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
