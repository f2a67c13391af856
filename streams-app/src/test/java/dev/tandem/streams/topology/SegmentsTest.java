package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.config.Home;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentsTest {
  private static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");
  private static final AggregateDefinition HOURLY =
      PIPELINE.aggregate("trips_hourly").orElseThrow();
  private static final long DAY = 86_400_000L;

  private final Segments segments = new Segments(PIPELINE);

  private static RowKey key(long window) {
    return RowKey.of(HOURLY, window, List.of());
  }

  private List<Long> changes(TimeRange range) {
    return segments.of(HOURLY.id(), range).stream().map(Segments.Stretch::changed).toList();
  }

  @Test
  void shouldSayWithWhichCommitAStretchChanged() {
    segments.found(key(0));
    segments.found(key(100 * DAY));
    segments.committed(0);
    segments.touch(key(100 * DAY));
    assertThat(changes(TimeRange.ALL)).as("while it is open").containsExactly(0L, 0L);
    segments.committed(7);
    segments.committed(8);
    assertThat(changes(TimeRange.ALL)).containsExactly(0L, 7L);
  }

  @Test
  void shouldGiveTheStretchesOfARangeWithoutOverlap() {
    for (long day = -40; day < 40; day++) {
      segments.found(key(day * DAY));
    }
    segments.committed(0);
    List<Segments.Stretch> all = segments.of(HOURLY.id(), new TimeRange(-40 * DAY, 40 * DAY));
    assertThat(all.get(0).range().from()).isLessThanOrEqualTo(-40 * DAY);
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).range().from()).isEqualTo(all.get(i - 1).range().to());
    }
    assertThat(all.get(all.size() - 1).range().to()).isGreaterThan(39 * DAY);
    assertThat(segments.of(HOURLY.id(), new TimeRange(0, 1))).hasSize(1);
  }

  @Test
  void shouldKnowNothingOfADefinitionThatIsGone() {
    segments.touch(RowKey.of(RowKey.lowerBound(1, 5)));
    segments.committed(1);
    assertThat(segments.of(1, TimeRange.ALL)).isEmpty();
  }

  /** Events of wild times: then nothing is told apart, and nothing is remembered. */
  @Test
  void shouldGiveUpBeyondAllMeasure() {
    for (long i = 0; i <= 200_000; i++) {
      segments.touch(key(i << 29));
    }
    segments.committed(1);
    assertThat(segments.isKnown()).isFalse();
  }
}
