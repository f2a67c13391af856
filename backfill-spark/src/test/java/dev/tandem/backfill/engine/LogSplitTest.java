package dev.tandem.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSplitTest {
  @Test
  void shouldCoverEveryOffsetOnceInPartsOfABoundedSize() {
    long end = 3 * LogSplit.MOST + 17;
    List<LogSplit> splits = LogSplit.of("t", Map.of(0, 5L), Map.of(0, end));
    long next = 5;
    for (LogSplit split : splits) {
      assertThat(split.from()).isEqualTo(next);
      assertThat(split.to() - split.from()).isBetween(1L, LogSplit.MOST);
      next = split.to();
    }
    assertThat(next).isEqualTo(end);
  }

  @Test
  void shouldGiveNothingForAnEmptyRange() {
    assertThat(LogSplit.of("t", Map.of(0, 5L), Map.of(0, 5L, 1, 0L))).isEmpty();
  }
}
