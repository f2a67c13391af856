package dev.tandem.localkafka.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.time.TimeRange;
import dev.tandem.localkafka.chaos.Segments.Segment;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentsTest {
  private static final TimeRange ALL = TimeRange.ALL;

  @Test
  void shouldBeTheLogWhenNoBackfillHasCommitted() {
    assertThat(Segments.of(List.of())).containsExactly(new Segment(ALL, "log"));
    assertThat(Segments.of(List.of(started(1, ALL, "both"))))
        .containsExactly(new Segment(ALL, "log"));
  }

  @Test
  void shouldTakeTheNewestOfThoseThatOverlap() {
    assertThat(
            Segments.of(
                List.of(
                    committed(3, new TimeRange(10_000, 20_000), "files"),
                    committed(1, new TimeRange(0, 30_000), "both"),
                    started(4, new TimeRange(0, 5_000), "log"))))
        .containsExactly(
            new Segment(new TimeRange(ALL.from(), 0), "log"),
            new Segment(new TimeRange(0, 10_000), "both"),
            new Segment(new TimeRange(10_000, 20_000), "files"),
            new Segment(new TimeRange(20_000, 30_000), "both"),
            new Segment(new TimeRange(30_000, ALL.to()), "log"));
  }

  @Test
  void shouldJoinNeighboursOfOneSource() {
    assertThat(
            Segments.of(
                List.of(
                    committed(1, new TimeRange(ALL.from(), 10_000), "both"),
                    committed(2, new TimeRange(10_000, ALL.to()), "both"),
                    committed(3, new TimeRange(5_000, 15_000), "both"))))
        .containsExactly(new Segment(ALL, "both"));
  }

  private static Run started(long epoch, TimeRange range, String source) {
    return Run.started(epoch, range, ZoneOffset.UTC, source, Map.of(), List.of());
  }

  private static Run committed(long epoch, TimeRange range, String source) {
    return started(epoch, range, source).committed(NullNode.getInstance());
  }
}
