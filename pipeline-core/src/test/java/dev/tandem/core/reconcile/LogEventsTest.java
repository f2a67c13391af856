package dev.tandem.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.reconcile.LogEvents.Admission;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which records of the log are events: the same answer for the stream and the batch. */
class LogEventsTest {
  private static final PipelineDefinition BIKETOWN =
      PipelineLoader.load(Path.of(System.getProperty("tandem.home"), "config"), "biketown");
  private static final Instant APPENDED = Instant.parse("2017-07-02T00:00:00Z");

  /** Keys that begin with 1 belong in partition 1, others in 0. */
  private final LogEvents log = new LogEvents(BIKETOWN, key -> key[0] == '1' ? 1 : 0);

  private Admission admit(@Nullable String key, @Nullable String value, int partition) {
    return log.admit(
        new LogRecord(
            7,
            APPENDED.toEpochMilli(),
            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
            value == null ? null : value.getBytes(StandardCharsets.UTF_8),
            null),
        partition);
  }

  private static String trip(String id, String startedAt) {
    return "{\"trip_id\":\"" + id + "\",\"started_at\":\"" + startedAt + "\"}";
  }

  private static void assertRejected(Admission admission, RejectReason reason, String... words) {
    assertThat(admission).isInstanceOf(Admission.Invalid.class);
    Admission.Invalid invalid = (Admission.Invalid) admission;
    assertThat(invalid.reason()).isEqualTo(reason);
    assertThat(invalid.error()).isNotBlank();
    for (String word : words) {
      assertThat(invalid.error()).contains(word);
    }
  }

  @Test
  void shouldAdmitAnEventInItsPartition() {
    assertThat(admit("12", trip("12", "2017-07-01T08:00:00-07:00"), 1))
        .isInstanceOf(Admission.Valid.class);
  }

  @Test
  void shouldRejectAKeyThatIsNotTheEventId() {
    assertRejected(
        admit("13", trip("12", "2017-07-01T08:00:00Z"), 1),
        RejectReason.KEY_MISMATCH,
        "'13'",
        "'12'");
    assertRejected(
        admit(null, trip("12", "2017-07-01T08:00:00Z"), 1), RejectReason.KEY_MISMATCH, "null");
  }

  /**
   * A producer with another partitioner: the same id could lie in two partitions and be counted in
   * both.
   */
  @Test
  void shouldRejectAnEventInAnotherPartition() {
    assertRejected(
        admit("12", trip("12", "2017-07-01T08:00:00Z"), 0),
        RejectReason.WRONG_PARTITION,
        "murmur2");
  }

  @Test
  void shouldRejectATimeMoreThanADayAfterItsAppend() {
    assertThat(admit("12", trip("12", "2017-07-03T00:00:00Z"), 1))
        .isInstanceOf(Admission.Valid.class);
    assertRejected(
        admit("12", trip("12", "2017-07-03T00:00:00.001Z"), 1),
        RejectReason.FUTURE_TIME,
        "24 hours");
    assertRejected(admit("12", trip("12", "9999-01-01T00:00:00Z"), 1), RejectReason.FUTURE_TIME);
  }

  @Test
  void shouldRejectWhatIsNoEventAtAll() {
    assertRejected(admit("12", null, 1), RejectReason.EMPTY);
    assertRejected(admit("12", "[1]", 1), RejectReason.NOT_AN_OBJECT);
    assertRejected(admit("12", "{", 1), RejectReason.NOT_JSON);
  }
}
