package dev.tandem.bench.rows;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A trip after the pipeline's rules.
 *
 * @param start when it began
 * @param end when it ended; null when unknown, before the start or more than 24 hours after it
 * @param seconds 0 to 86400, or null
 * @param cents hundredths of a mile, 0 to 10000, or null
 */
public record Trip(
    OffsetDateTime start,
    @Nullable OffsetDateTime end,
    @Nullable String plan,
    @Nullable String from,
    @Nullable String to,
    @Nullable Long seconds,
    @Nullable Long cents) {
  private static final long DAY = 86_400;
  private static final long HUNDRED_MILES = 10_000;
  private static final ObjectReader READER = JsonMapper.builder().build().readerFor(Json.class);

  /** The fields of an event that the rows need. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Json(
      @JsonProperty("started_at") String start,
      @JsonProperty("ended_at") @Nullable String end,
      @JsonProperty("plan") @Nullable String plan,
      @JsonProperty("start_station") @Nullable String from,
      @JsonProperty("end_station") @Nullable String to,
      @JsonProperty("duration_s") @Nullable Long seconds,
      @JsonProperty("distance_mi") @Nullable BigDecimal miles) {}

  /**
   * Reads an event and applies the rules.
   *
   * @throws UncheckedIOException when it is no JSON object with these fields
   */
  public static Trip parse(byte[] event) {
    Json json;
    try {
      json = READER.readValue(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    OffsetDateTime start = OffsetDateTime.parse(json.start);
    OffsetDateTime end = json.end == null ? null : OffsetDateTime.parse(json.end);
    Long between = end == null ? null : Long.valueOf(end.toEpochSecond() - start.toEpochSecond());
    Long seconds = json.seconds;
    if (seconds == null && between != null && between >= 0) {
      seconds = between;
    }
    Long cents = json.miles == null ? null : Long.valueOf(json.miles.movePointRight(2).longValue());
    return new Trip(
        start,
        within(between, DAY) == null ? null : end,
        json.plan,
        json.from,
        json.to,
        within(seconds, DAY),
        within(cents, HUNDRED_MILES));
  }

  private static @Nullable Long within(@Nullable Long value, long most) {
    return value == null || value < 0 || value > most ? null : value;
  }
}
