package dev.tandem.backfill.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.backfill.TestPipeline;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.row.RowKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SummaryBuilderTest {
  private static final byte[] NONE = {};

  private final PipelineDefinition pipeline = TestPipeline.load();
  private final AggregateDefinition hourly = TestPipeline.aggregate(pipeline, "trips_hourly");
  private final RowLayout layout = new RowLayout(hourly);

  private RowKey key(long hour) {
    return RowKey.of(hourly, hour * 3_600_000, List.of());
  }

  private byte[] state(int... ids) {
    RowState state = new RowState(layout);
    for (int id : ids) {
      state.add(TestPipeline.trip(pipeline, "t" + id, "2017-07-01T08:00:00Z", "A"), id * 31L);
    }
    return SummaryBuilder.bytes(state);
  }

  private SummaryBuilder builder() {
    return new SummaryBuilder(hourly, layout);
  }

  @Test
  void shouldTellUnchangedCorrectedAddedAndRemovedApart() {
    SummaryBuilder b = builder();
    assertThat(b.add(key(1), state(1), state(1), Causes.NONE)).isFalse();
    assertThat(b.add(key(2), state(1), state(1, 2), Causes.NONE)).isTrue();
    assertThat(b.add(key(3), NONE, state(3), Causes.NONE)).isTrue();
    assertThat(b.add(key(4), state(4), NONE, Causes.NONE)).isTrue();
    RowCounts counts = b.build().counts();
    assertThat(counts).isEqualTo(new RowCounts(1, 1, 1, 1));
    assertThat(counts.compared()).isEqualTo(4);
    assertThat(counts.different()).isEqualTo(3);
  }

  @Test
  void shouldNotCountARowThatNeitherExistsNorShould() {
    SummaryBuilder b = builder();
    assertThat(b.add(key(1), NONE, NONE, Causes.NONE)).isFalse();
    assertThat(b.build().counts()).isEqualTo(RowCounts.NONE);
  }

  @Test
  void shouldFindOtherEventsWhenAllMetricsAreTheSame() {
    assertThat(builder().add(key(1), state(1), state(2), Causes.NONE)).isTrue();
  }

  @Test
  void shouldTakeAStateWithoutEventsForNoRow() {
    assertThat(SummaryBuilder.bytes(new RowState(layout))).isEmpty();
  }

  @Test
  void shouldKeepTheTenLargestChangesWhateverTheOrder() {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 1; i <= 25; i++) {
      sizes.add(i);
    }
    Collections.shuffle(sizes, new Random(7));
    RowSummary half = RowSummary.NONE;
    for (List<Integer> part : List.of(sizes.subList(0, 12), sizes.subList(12, 25))) {
      SummaryBuilder b = builder();
      for (int size : part) {
        b.add(key(size), NONE, state(new int[size]), Causes.NONE);
      }
      half = half.plus(b.build());
    }
    assertThat(half.largest())
        .extracting(RowChange::size)
        .containsExactly(25L, 24L, 23L, 22L, 21L, 20L, 19L, 18L, 17L, 16L);
    assertThat(half.counts().added()).isEqualTo(25);
  }
}
