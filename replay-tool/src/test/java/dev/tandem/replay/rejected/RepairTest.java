package dev.tandem.replay.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.replay.TinyPipeline;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairTest {
  private static final long REJECTED_AT = Instant.parse("2017-07-02T00:00:00Z").toEpochMilli();

  @TempDir Path dir;
  private TinyPipeline tiny;

  @BeforeEach
  void definePipeline() {
    tiny = new TinyPipeline(dir, "tiny");
  }

  private String judge(
      String source, String reason, @Nullable String value, @Nullable String columns) {
    RejectedRecord record =
        new RejectedRecord(
            0,
            0,
            REJECTED_AT,
            source,
            reason,
            "as it was",
            value == null ? null : value.getBytes(UTF_8),
            columns == null ? null : columns.getBytes(UTF_8));
    Repair.Verdict verdict = new Repair(tiny.definition()).judge(record);
    if (verdict instanceof Repair.Verdict.Valid valid) {
      return new String(valid.id(), UTF_8) + " " + new String(valid.value(), UTF_8);
    }
    Repair.Verdict.Invalid invalid = (Repair.Verdict.Invalid) verdict;
    return invalid.reason() + ": " + invalid.error();
  }

  private String event(String reason, @Nullable String value) {
    return judge("tiny.events-2@17", reason, value, null);
  }

  private String row(String reason, String value) {
    return judge("old/trips.csv:4", reason, value, "id,at");
  }

  /** As it came, also with what the pipeline does not know of; its id says where it belongs. */
  @Test
  void shouldTakeAnEventUnderAWrongKeyAsItIs() {
    String json = "{\"name\":\"a\",\"at\":\"2017-07-01T00:00:00Z\",\"more\":1}";
    assertThat(event("key-mismatch", json)).isEqualTo("a " + json);
    assertThat(event("wrong-partition", json)).isEqualTo("a " + json);
  }

  @Test
  void shouldLeaveWhatIsNoEvent() {
    assertThat(event("not-json", "{broken")).startsWith("not-json: ");
    assertThat(event("empty", null)).isEqualTo("empty: as it was");
    assertThat(event("unknown-barrier", null)).isEqualTo("unknown-barrier: as it was");
    assertThat(event("missing-id", "{\"at\":\"2017-07-01T00:00:00Z\"}")).startsWith("missing-id");
  }

  /** Its clock was wrong then, and a later day does not make it right. */
  @Test
  void shouldLeaveATimeFromTheFutureThatHasCome() {
    assertThat(event("future-time", "{\"name\":\"a\",\"at\":\"2017-07-03T00:00:01Z\"}"))
        .startsWith("future-time: ");
    assertThat(event("future-time", "{\"name\":\"a\",\"at\":\"2017-07-03T00:00:00Z\"}"))
        .startsWith("a ");
    assertThat(row("unreadable-time", "a,1499040000001")).startsWith("future-time: ");
  }

  @Test
  void shouldDecodeARowByItsColumnsWithTheDefinitionOfNow() {
    assertThat(row("unreadable-time", "a,2017-07-01T00:00:00Z")).startsWith("unreadable-time: ");
    tiny.redefine("at: {from: at, as: epoch_ms}", "at: {from: at, as: iso}");
    assertThat(row("unreadable-time", "a,2017-07-01T00:00:00Z"))
        .isEqualTo("a {\"name\":\"a\",\"at\":\"2017-06-30T17:00:00-07:00\"}");
    assertThat(judge("x.csv:2", "unreadable-time", "2017-07-01T00:00:00Z,\"b\"", "at,id"))
        .startsWith("b ");
    assertThat(row("blank", "")).startsWith("blank: ");
    assertThat(row("malformed", "a,1,2")).startsWith("malformed: ");
  }

  @Test
  void shouldDecodeALineOfJsonWithTheDefinitionOfNow() {
    String json = "{\"id\":\"a\",\"time\":5}";
    assertThat(judge("x.jsonl:9", "unreadable-time", json, null)).startsWith("unreadable-time: ");
    tiny.redefine("at: {from: at, as: epoch_ms}", "at: {from: time, as: epoch_ms}");
    assertThat(judge("x.jsonl:9", "unreadable-time", json, null)).startsWith("a ");
  }

  /** Rows that were rejected before their columns were kept. */
  @Test
  void shouldLeaveARowWhoseColumnsAreNotKnown() {
    assertThat(judge("x.csv:9", "unreadable-time", "a,5", null))
        .isEqualTo("unreadable-time: as it was");
  }

  @Test
  void shouldSayThatNoFormatHasItsColumns() {
    assertThat(judge("x.csv:9", "unreadable-time", "a,5", "key,at"))
        .startsWith("unreadable-time: x.csv:9: no column id");
  }

  /** Only its beginning was kept: it may look whole. */
  @Test
  void shouldLeaveWhatIsCut() {
    assertThat(row("too-large", "a,5")).isEqualTo("too-large: as it was");
  }
}
