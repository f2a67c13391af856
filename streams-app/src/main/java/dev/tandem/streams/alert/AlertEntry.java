package dev.tandem.streams.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One record of {@code P.alerts}.
 *
 * @param offset in its partition, which is the order in which it was decided
 * @param hour start of the hour it speaks of, milliseconds since the epoch
 * @param json the value as it was written
 */
public record AlertEntry(
    long offset, String decision, String subject, State state, long hour, String json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether something began to hold, or holds no more. */
  public enum State {
    RAISED,
    CLEARED
  }

  /** What a decision is about: one of these is open at most. */
  record Subject(String decision, String subject) {}

  Subject about() {
    return new Subject(decision, subject);
  }

  /** A JSON array of what was written. */
  public static String array(List<AlertEntry> alerts) {
    return alerts.stream().map(AlertEntry::json).collect(Collectors.joining(",", "[", "]"));
  }

  /** Empty when the value is not an alert as this build knows them. */
  static Optional<AlertEntry> read(long offset, byte[] value) {
    try {
      String text = new String(value, StandardCharsets.UTF_8);
      JsonNode json = JSON.readTree(text);
      return Optional.of(
          new AlertEntry(
              offset,
              json.path("decision").asText(),
              json.path("subject").isTextual()
                  ? json.path("subject").asText()
                  : json.path("subject").toString(),
              json.path("state").asText().equals("cleared") ? State.CLEARED : State.RAISED,
              OffsetDateTime.parse(json.path("hour").asText()).toInstant().toEpochMilli(),
              text));
    } catch (IOException | DateTimeException notAnAlert) {
      return Optional.empty();
    }
  }
}
