package dev.tandem.streams.query;

import dev.tandem.core.time.LocalTimes;
import dev.tandem.core.time.TimeRange;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Reads the times of a question: local ones of the pipeline's zone, or with an offset. */
public final class QueryTimes {
  private final ZoneId zone;

  public QueryTimes(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The parameters {@code from} and {@code to}; open where one is absent.
   *
   * @throws BadQueryException when one cannot be read, or the range is empty
   */
  public TimeRange range(Optional<String> from, Optional<String> to) {
    long begin = from.map(t -> time("from", t)).orElse(TimeRange.ALL.from());
    long end = to.map(t -> time("to", t)).orElse(TimeRange.ALL.to());
    if (begin >= end) {
      throw new BadQueryException(
          "to", "the range is empty: to is exclusive, must be later than from");
    }
    return new TimeRange(begin, end);
  }

  private long time(String name, String text) {
    try {
      return OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException notWithOffset) {
      try {
        return LocalTimes.parse(text, zone);
      } catch (IllegalArgumentException e) {
        throw new BadQueryException(name, name + " " + text + ": give " + e.getMessage());
      }
    }
  }
}
