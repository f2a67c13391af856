package dev.tandem.streams.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.tandem.core.config.Home;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.reconcile.CommittedEpochs;
import dev.tandem.core.time.TimeRange;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletenessTest {
  private static final AggregateDefinition AGGREGATE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown").aggregates().get(0);
  private static final TimeRange RANGE = new TimeRange(1_000, 2_000);

  private final CommittedEpochs committed = new CommittedEpochs();

  private boolean complete(long since, Run... runs) {
    return Completeness.isFilled(
        AGGREGATE, RANGE, Map.of(AGGREGATE.hexId(), since), committed, List.of(runs));
  }

  private Run run(long epoch, long from, long to, boolean done) {
    Run run =
        Run.started(
            epoch,
            new TimeRange(from, to),
            ZoneOffset.UTC,
            "both",
            Map.of(AGGREGATE.name(), AGGREGATE.hexId()),
            List.of());
    committed.add(epoch);
    return done ? run.committed(NullNode.getInstance()) : run;
  }

  @Test
  void shouldBeCompleteWhenCountedFromTheStart() {
    assertThat(complete(-1)).isTrue();
  }

  @Test
  void shouldBeIncompleteUntilBackfillsCoverWhatWasBefore() {
    assertThat(complete(0)).isFalse();
    assertThat(complete(0, run(1, 1_000, 1_500, true))).isFalse();
    assertThat(complete(0, run(1, 1_000, 1_500, true), run(2, 1_500, 2_000, true))).isTrue();
    assertThat(complete(0, run(3, 1_000, 2_000, false))).isFalse();
  }

  /** A backfill from before it was counted cannot have filled it. */
  @Test
  void shouldNotTakeABackfillFromBefore() {
    assertThat(complete(1, run(1, 0, 5_000, true))).isFalse();
  }

  @Test
  void shouldBeIncompleteWhenItIsNotCountedYet() {
    assertThat(Completeness.isFilled(AGGREGATE, RANGE, Map.of(), committed, List.of())).isFalse();
  }
}
