package dev.tandem.core.definition;

import dev.tandem.core.definition.FieldSource.Reading;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalQueries;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code pattern} and {@code as}: how a field's text becomes its value. */
final class ReadingParser {
  private static final Map<String, Reading> AS = new LinkedHashMap<>();

  static {
    AS.put("hms", new Reading.Hms());
    AS.put("iso", new Reading.Iso());
    AS.put("epoch_s", new Reading.Epoch(TimeUnit.SECONDS));
    AS.put("epoch_ms", new Reading.Epoch(TimeUnit.MILLISECONDS));
    AS.put("epoch_us", new Reading.Epoch(TimeUnit.MICROSECONDS));
  }

  private ReadingParser() {}

  /** Without {@code pattern} and {@code as}: timestamps are ISO-8601. */
  static Reading byType(Field field) {
    return field.type() == FieldType.TIMESTAMP ? new Reading.Iso() : new Reading.Plain();
  }

  static Reading parse(Field field, YamlMap map) {
    if (!map.has("pattern") && !map.has("as")) {
      return byType(field);
    }
    YamlMap.Entry how = map.exactlyOne("pattern", "as");
    if (map.has("pattern")) {
      demand(how, field, FieldType.TIMESTAMP, "pattern");
      return pattern(how.value());
    }
    String name = how.value().text("as");
    Reading reading = AS.get(name);
    if (reading == null) {
      throw Names.unknown(how.value(), "way to read", name, AS.keySet());
    }
    boolean duration = reading instanceof Reading.Hms;
    demand(how, field, duration ? FieldType.LONG : FieldType.TIMESTAMP, "as: " + name);
    return reading;
  }

  private static void demand(YamlMap.Entry how, Field field, FieldType type, String what) {
    if (field.type() != type) {
      throw how.key()
          .error(
              what + " does not give " + field.name() + ", a " + Names.lower(field.type()),
              "use it for a " + Names.lower(type));
    }
  }

  /** A pattern that gives at least a date, shown by writing a moment and reading it again. */
  private static Reading pattern(Yaml node) {
    String text = node.text("pattern");
    String remedy = "see java.time.format.DateTimeFormatter, for example yyyy-MM-dd HH:mm:ss";
    try {
      DateTimeFormatter formatter = TimePatterns.formatter(text);
      String sample = formatter.format(ZonedDateTime.of(2017, 7, 14, 15, 6, 7, 0, ZoneOffset.UTC));
      @Nullable LocalDate date = formatter.parse(sample).query(TemporalQueries.localDate());
      if (date == null) {
        throw node.error("pattern " + text + " has no whole date", remedy);
      }
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw node.error("bad pattern '" + text + "': " + e.getMessage(), remedy);
    }
    return new Reading.Pattern(text);
  }
}
