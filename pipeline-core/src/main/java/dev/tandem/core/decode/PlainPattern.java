package dev.tandem.core.decode;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads local times of patterns that are digits and signs between them, such as {@code M/d/yyyy
 * H:mm}, without a formatter. What it cannot read may still be a time for that: a year of five
 * digits, an hour that a clock change skips. Not thread-safe.
 */
final class PlainPattern {
  /** Returned for what is left to a formatter. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private static final int YEAR = 0;
  private static final int MONTH = 1;
  private static final int DAY = 2;
  private static final int HOUR = 3;
  private static final int MINUTE = 4;
  private static final int SECOND = 5;
  private static final String LETTERS = "yMdHms";
  private static final Set<Integer> DATE = Set.of(YEAR, MONTH, DAY);
  private static final Set<Integer> TO_MINUTE = Set.of(YEAR, MONTH, DAY, HOUR, MINUTE);
  private static final Set<Integer> TO_SECOND = Set.of(YEAR, MONTH, DAY, HOUR, MINUTE, SECOND);

  private final Part[] parts;
  private final ZoneRules rules;
  private final int[] values = new int[LETTERS.length()];

  /** Local seconds {@code [offsetFrom, offsetTo)} have this one offset; none at first. */
  private long offsetFrom = 1;

  private long offsetTo;
  private int offset;

  /**
   * A number, or a sign.
   *
   * @param field the place of the value; -1 for a sign
   * @param least and {@code most}: how many digits
   */
  private record Part(int field, int least, int most, char sign) {}

  private PlainPattern(List<Part> parts, ZoneId zone) {
    this.parts = parts.toArray(Part[]::new);
    this.rules = zone.getRules();
  }

  /** Empty when the pattern is not of that kind. */
  static Optional<PlainPattern> of(String pattern, ZoneId zone) {
    List<Part> parts = new ArrayList<>();
    Set<Integer> fields = new HashSet<>();
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      int end = at + 1;
      while (end < pattern.length() && pattern.charAt(end) == c) {
        end++;
      }
      int field = LETTERS.indexOf(c == 'u' ? 'y' : c);
      boolean behindNumber = !parts.isEmpty() && parts.get(parts.size() - 1).field() >= 0;
      if (field < 0) {
        if (" -/.:,_".indexOf(c) < 0) {
          return Optional.empty();
        }
        for (int i = at; i < end; i++) {
          parts.add(new Part(-1, 1, 1, c));
        }
      } else if (behindNumber
          || !fields.add(field)
          || end - at > 2 && field != YEAR
          || end - at != 4 && field == YEAR) {
        return Optional.empty();
      } else {
        parts.add(new Part(field, end - at, field == YEAR ? 4 : 2, c));
      }
      at = end;
    }
    return fields.equals(DATE) || fields.equals(TO_MINUTE) || fields.equals(TO_SECOND)
        ? Optional.of(new PlainPattern(parts, zone))
        : Optional.empty();
  }

  /** Milliseconds since the epoch, or {@link #UNKNOWN}. */
  long read(char[] text, int start, int end) {
    int at = start;
    for (Part part : parts) {
      if (part.field() < 0) {
        if (at == end || text[at++] != part.sign()) {
          return UNKNOWN;
        }
        continue;
      }
      int first = at;
      int value = 0;
      while (at < end && at - first < part.most() && text[at] >= '0' && text[at] <= '9') {
        value = value * 10 + text[at++] - '0';
      }
      if (at - first < part.least()) {
        return UNKNOWN;
      }
      values[part.field()] = value;
    }
    return at == end ? millis() : UNKNOWN;
  }

  private long millis() {
    int year = values[YEAR];
    int month = values[MONTH];
    int day = values[DAY];
    if (year < 1
        || month < 1
        || month > 12
        || day < 1
        || day > 28 && day > LocalDate.of(year, month, 1).lengthOfMonth()
        || values[HOUR] > 23
        || values[MINUTE] > 59
        || values[SECOND] > 59) {
      return UNKNOWN;
    }
    long local =
        LocalDate.of(year, month, day).toEpochDay() * 86_400
            + values[HOUR] * 3_600
            + values[MINUTE] * 60
            + values[SECOND];
    return isOffsetKnown(local) ? (local - offset) * 1000 : UNKNOWN;
  }

  /** Not where a local time is skipped or comes twice. */
  private boolean isOffsetKnown(long local) {
    if (local >= offsetFrom && local < offsetTo) {
      return true;
    }
    LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
    List<ZoneOffset> offsets = rules.getValidOffsets(time);
    if (offsets.size() != 1) {
      return false;
    }
    offset = offsets.get(0).getTotalSeconds();
    Instant instant = time.toInstant(offsets.get(0));
    @Nullable ZoneOffsetTransition last = rules.previousTransition(instant.plusNanos(1));
    @Nullable ZoneOffsetTransition next = rules.nextTransition(instant);
    offsetFrom =
        last == null
            ? Long.MIN_VALUE
            : Math.max(local(last.getDateTimeBefore()), local(last.getDateTimeAfter()));
    offsetTo =
        next == null
            ? Long.MAX_VALUE
            : Math.min(local(next.getDateTimeBefore()), local(next.getDateTimeAfter()));
    return true;
  }

  private static long local(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC);
  }
}
