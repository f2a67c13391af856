package dev.tandem.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldSource;
import dev.tandem.core.definition.FieldSource.Reading;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.TimePatterns;
import dev.tandem.core.event.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.List;

/**
 * What a source makes of values that are dates and times already, as Parquet has them. A time that
 * stands in one column needs no pattern. Where it is joined of several, each is written as its part
 * of the pattern says, so that a typed date goes with a text for the time of day.
 */
final class TypedTimes {
  private final Field field;
  private final ZoneId zone;
  private final List<DateTimeFormatter> partFormats;

  TypedTimes(FieldSource source, ZoneId zone) {
    this.field = source.field();
    this.zone = zone;
    this.partFormats = partFormats(source);
  }

  private static List<DateTimeFormatter> partFormats(FieldSource source) {
    int parts = source.parts().size();
    if (parts == 1
        || source.join().isEmpty()
        || !(source.reading() instanceof Reading.Pattern whole)) {
      return List.of();
    }
    String join = java.util.regex.Pattern.quote(source.join());
    String[] patterns = whole.pattern().split(join, -1);
    return patterns.length == parts
        ? Arrays.stream(patterns).map(TimePatterns::formatter).toList()
        : List.of();
  }

  /**
   * Sets a timestamp to the time that a value is; a local one is read as {@link PatternReader}
   * does.
   *
   * @return whether it is one
   */
  boolean read(JsonNode value, Event event) {
    if (field.type() != FieldType.TIMESTAMP || !(value instanceof POJONode typed)) {
      return false;
    }
    Object time = typed.getPojo();
    if (time instanceof Instant instant) {
      set(instant, event);
    } else if (time instanceof LocalDateTime local) {
      set(local.atZone(zone).toInstant(), event);
    } else if (time instanceof LocalDate date) {
      set(date.atStartOfDay(zone).toInstant(), event);
    }
    return true;
  }

  private void set(Instant instant, Event event) {
    try {
      ValueReader.setTime(instant.toEpochMilli(), field, event);
    } catch (ArithmeticException beyondAllYears) {
      // Not a time of an event: stays null.
    }
  }

  /** The text that stands for a value, stripped. */
  String text(JsonNode value, int part) {
    if (!(value instanceof POJONode typed) || !(typed.getPojo() instanceof TemporalAccessor time)) {
      return value.asText().strip();
    }
    if (!partFormats.isEmpty()) {
      try {
        return partFormats.get(part).format(time);
      } catch (DateTimeException otherColumn) {
        // A date where a time of day belongs: what comes of it cannot be read.
      }
    }
    return TimeTexts.of(time);
  }
}
