package dev.tandem.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertLogTest {
  private static final List<String> DECISIONS = List.of("rebalance", "silent");

  private final AlertLog log = new AlertLog(Map.of(), "biketown.alerts", DECISIONS);

  private void add(long offset, String decision, String subject, String state, int hour) {
    log.add(
        Samples.alert(
            offset, decision, subject, state, "2017-07-01T%02d:00:00-07:00".formatted(hour)));
  }

  private List<Long> select(Map<String, List<String>> parameters) {
    return log.select(AlertQuery.parse(DECISIONS, ZoneOffset.UTC, parameters)).stream()
        .map(AlertEntry::offset)
        .toList();
  }

  @Test
  void shouldHaveOpenWhatWasRaisedAndNotCleared() {
    add(1, "rebalance", "A", "raised", 8);
    add(2, "rebalance", "B", "raised", 9);
    add(3, "silent", "A", "raised", 9);
    add(4, "rebalance", "A", "cleared", 10);
    assertThat(select(Map.of("state", List.of("open")))).containsExactly(3L, 2L);
    assertThat(log.open()).isEqualTo(2);
    assertThat(log.open("rebalance")).isEqualTo(1);
    add(5, "rebalance", "A", "raised", 12);
    add(6, "not declared any more", "A", "raised", 12);
    assertThat(select(Map.of("state", List.of("open")))).containsExactly(5L, 3L, 2L);
  }

  @Test
  void shouldGiveTheNewestFirstAndOnlyWhatIsAskedFor() {
    add(1, "rebalance", "A", "raised", 8);
    add(2, "silent", "B", "raised", 9);
    add(3, "rebalance", "A", "cleared", 10);
    assertThat(select(Map.of())).containsExactly(3L, 2L, 1L);
    assertThat(select(Map.of("limit", List.of("2")))).containsExactly(3L, 2L);
    assertThat(select(Map.of("decision", List.of("rebalance")))).containsExactly(3L, 1L);
    assertThat(select(Map.of("state", List.of("cleared")))).containsExactly(3L);
    assertThat(
            select(
                Map.of(
                    "from", List.of("2017-07-01T09:00:00-07:00"),
                    "to", List.of("2017-07-01T17:00:00"))))
        .as("half-open; without an offset in the pipeline's zone")
        .containsExactly(2L);
  }

  /** Browsers are told of each alert once. */
  @Test
  void shouldGiveWhatCameAfterAnOffsetInItsOrder() {
    assertThat(log.last()).isEqualTo(-1);
    add(1, "rebalance", "A", "raised", 8);
    add(4, "rebalance", "B", "raised", 8);
    add(9, "rebalance", "C", "raised", 8);
    assertThat(log.after(1, 10)).extracting(AlertEntry::offset).containsExactly(4L, 9L);
    assertThat(log.after(-1, 2)).extracting(AlertEntry::offset).containsExactly(4L, 9L);
    assertThat(log.after(log.last(), 10)).isEmpty();
  }

  @Test
  void shouldForgetTheOldestButNotWhatIsOpen() {
    add(0, "silent", "A", "raised", 8);
    for (int i = 1; i <= AlertLog.MOST; i++) {
      add(i, "rebalance", "B", i % 2 == 1 ? "raised" : "cleared", 9);
    }
    assertThat(select(Map.of("decision", List.of("silent")))).isEmpty();
    assertThat(select(Map.of("state", List.of("open")))).containsExactly(0L);
  }

  /** Another build, or another producer, may have written something else. */
  @Test
  void shouldPassOverWhatIsNoAlert() {
    assertThat(AlertEntry.read(1, "{}".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(AlertEntry.read(1, new byte[] {1, 2})).isEmpty();
  }
}
