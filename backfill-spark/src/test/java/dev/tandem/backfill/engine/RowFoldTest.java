package dev.tandem.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.backfill.TestPipeline;
import dev.tandem.backfill.report.Causes;
import dev.tandem.backfill.report.Source;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventBytes;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowFoldTest {
  private static final String TIME = "2017-07-01T15:10:00Z";
  private static final long HOUR = Instant.parse("2017-07-01T15:00:00Z").toEpochMilli();

  private final PipelineDefinition pipeline = TestPipeline.load();
  private final AggregateDefinition departures =
      TestPipeline.aggregate(pipeline, "departures_hourly");
  private final EventBytes bytes = new EventBytes(pipeline.schema());

  private byte[] trip(String station) {
    return bytes.encode(TestPipeline.trip(pipeline, "t", TIME, station));
  }

  private EventVersions file(String station) {
    return EventVersions.ofFile(1, trip(station));
  }

  private EventVersions log(String station) {
    return EventVersions.ofLog(100, trip(station));
  }

  private RowFold fold(Source source, TimeRange range, EventVersions versions) {
    return fold(Selection.of(source, range, 4), versions);
  }

  private RowFold fold(Selection selection, EventVersions versions) {
    RowFold fold = new RowFold(pipeline, selection);
    fold.add("t", versions);
    return fold;
  }

  private FoldedRow row(RowFold fold, String station) {
    return fold.rows().get(RowKey.of(departures, HOUR, List.of(station)));
  }

  @Test
  void shouldCountTheFilesVersionAndLookAtTheLogsRowsWhenTheyDiffer() {
    RowFold fold = fold(Source.BOTH, TimeRange.ALL, file("A").merge(log("B")));
    assertThat(row(fold, "A").state().events()).isEqualTo(1);
    assertThat(row(fold, "A").causes()).isEqualTo(new Causes(0, 1, 0, 0, 0));
    assertThat(row(fold, "B").state().isEmpty()).isTrue();
    assertThat(row(fold, "B").causes()).isEqualTo(new Causes(0, 1, 0, 0, 0));
    assertThat(fold.counts()).isEqualTo(new IdCounts(1, 1, new Causes(0, 1, 0, 0, 0)));
  }

  @Test
  void shouldFindNothingUnusualWhenFilesAndLogAgree() {
    RowFold fold = fold(Source.BOTH, TimeRange.ALL, file("A").merge(log("A")));
    assertThat(row(fold, "A").causes()).isEqualTo(Causes.NONE);
    assertThat(fold.rows()).hasSize(8);
  }

  @Test
  void shouldCountTheLogsVersionWhenTheLogIsTheSource() {
    RowFold fold = fold(Source.LOG, TimeRange.ALL, log("B"));
    assertThat(row(fold, "B").state().events()).isEqualTo(1);
  }

  @Test
  void shouldSayWhatIsMissingFromTheStreamAndWhatIsTwiceInIt() {
    assertThat(fold(Source.BOTH, TimeRange.ALL, file("A")).counts().causes())
        .isEqualTo(new Causes(1, 0, 0, 0, 0));
    EventVersions twice = file("A").merge(log("A")).merge(EventVersions.ofLog(300, trip("A")));
    assertThat(fold(Source.BOTH, TimeRange.ALL, twice).counts().causes())
        .isEqualTo(new Causes(0, 0, 0, 1, 0));
  }

  @Test
  void shouldLookAtRowsOfEventsThatTheFilesLackWithoutCountingThem() {
    RowFold fold = fold(Source.FILES, TimeRange.ALL, log("A"));
    assertThat(row(fold, "A").stateBytes()).isEmpty();
    assertThat(row(fold, "A").causes()).isEqualTo(new Causes(0, 0, 1, 0, 0));
    assertThat(fold.counts()).isEqualTo(new IdCounts(1, 0, new Causes(0, 0, 1, 0, 0)));
  }

  @Test
  void shouldCountThemBehindTheCutOfTheRunThatTookTheFilesForTheTruth() {
    int partition = Partitioning.ofEvent("t".getBytes(StandardCharsets.UTF_8), 4);
    for (long cut : new long[] {100, 101}) {
      LaterLog later =
          new LaterLog(
              List.of(
                  new LaterLog.Run(HOUR, HOUR + 1, Map.of(partition, cut)),
                  new LaterLog.Run(Long.MIN_VALUE, Long.MAX_VALUE, Map.of(partition, 0L))),
              false);
      RowFold fold = fold(Selection.of(Source.FILES, TimeRange.ALL, 4).with(later), log("A"));
      assertThat(row(fold, "A").state().events()).isEqualTo(cut == 100 ? 1 : 0);
      // The day's row starts outside the newer run's range: the older run decides.
      AggregateDefinition routes = TestPipeline.aggregate(pipeline, "routes_daily");
      assertThat(
              fold.rows().entrySet().stream()
                  .filter(e -> e.getKey().definitionId() == routes.id())
                  .findFirst()
                  .orElseThrow()
                  .getValue()
                  .state()
                  .events())
          .isEqualTo(1);
    }
  }

  @Test
  void shouldCountRowByRowWhatLiesInTheRange() {
    RowFold inside = fold(Source.BOTH, new TimeRange(HOUR, HOUR + 1), file("A"));
    assertThat(inside.rows()).hasSize(5);
    RowFold outside = fold(Source.BOTH, new TimeRange(HOUR + 1, HOUR + 2), file("A"));
    assertThat(outside.rows()).isEmpty();
    assertThat(outside.counts()).isEqualTo(IdCounts.NONE);
  }

  @Test
  void shouldCountValuesThatARuleTakesAway() {
    Event event = TestPipeline.trip(pipeline, "t", TIME, "A");
    event.setNumber(pipeline.schema().byName().get("distance_mi"), 520_000);
    event.setNull(pipeline.schema().byName().get("duration_s"));
    RowFold fold = fold(Source.BOTH, TimeRange.ALL, EventVersions.ofFile(1, bytes.encode(event)));
    assertThat(row(fold, "A").causes()).isEqualTo(new Causes(1, 0, 0, 0, 1));
  }

  @Test
  void shouldMergePartsOfARow() {
    Layouts layouts = new Layouts(pipeline);
    byte[] a = row(fold(Source.BOTH, TimeRange.ALL, file("A")), "A").toBytes();
    FoldedRow both = FoldedRow.read(layouts, FoldedRow.merge(layouts, a, a));
    assertThat(both.state().events()).isEqualTo(2);
    assertThat(both.causes()).isEqualTo(new Causes(2, 0, 0, 0, 0));
  }
}
