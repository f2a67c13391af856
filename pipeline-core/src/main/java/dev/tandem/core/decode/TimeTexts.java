package dev.tandem.core.decode;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** Typed dates and times as ISO-8601 texts, always with seconds. */
public final class TimeTexts {
  private TimeTexts() {}

  /**
   * @throws IllegalArgumentException when it is none of the types that a Parquet row has
   */
  public static String of(TemporalAccessor time) {
    if (time instanceof LocalTime) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    } else if (time instanceof LocalDateTime) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    } else if (time instanceof LocalDate || time instanceof Instant) {
      return time.toString();
    }
    throw new IllegalArgumentException("no time of a row: " + time);
  }
}
