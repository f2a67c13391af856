package dev.tandem.core.decode;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.TimePatterns;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.IsoTimes;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import org.jspecify.annotations.Nullable;

/**
 * Times by a pattern. A local time is one of the pipeline's zone: in a gap it moves forward by the
 * gap's length, an ambiguous one takes the earlier offset. Without a time of day it is midnight.
 * What a formatter read is remembered, since files hold the same times again and again.
 */
final class PatternReader implements ValueReader {
  private final DateTimeFormatter formatter;
  private final ZoneId zone;
  private final @Nullable PlainPattern plain;
  private final TextCache cache = new TextCache();
  private final long[] times = new long[TextCache.SLOTS];

  PatternReader(String pattern, ZoneId zone) {
    this.formatter = TimePatterns.formatter(pattern);
    this.zone = zone;
    this.plain = PlainPattern.of(pattern, zone).orElse(null);
  }

  @Override
  public void read(char[] text, int start, int end, Field field, Event event) {
    if (plain != null) {
      long time = plain.read(text, start, end);
      if (time != PlainPattern.UNKNOWN) {
        ValueReader.setTime(time, field, event);
        return;
      }
    }
    int slot = cache.slot(text, start, end);
    if (!cache.holds(slot, text, start, end)) {
      times[slot] = parse(cache.put(slot, text, start, end));
    }
    ValueReader.setTime(times[slot], field, event);
  }

  private long parse(String text) {
    try {
      TemporalAccessor parsed = formatter.parse(text);
      if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
        return Math.addExact(
            Math.multiplyExact(parsed.getLong(ChronoField.INSTANT_SECONDS), 1000),
            parsed.get(ChronoField.MILLI_OF_SECOND));
      }
      LocalDate date = LocalDate.from(parsed);
      @Nullable LocalTime time = parsed.query(TemporalQueries.localTime());
      return date.atTime(time == null ? LocalTime.MIDNIGHT : time)
          .atZone(zone)
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return IsoTimes.NOT_A_TIME;
    }
  }
}
