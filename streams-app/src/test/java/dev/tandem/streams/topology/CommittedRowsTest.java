package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.config.Home;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.reconcile.CommittedEpochs;
import dev.tandem.core.row.RowKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommittedRowsTest {
  private static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");
  private static final AggregateDefinition AGGREGATE = PIPELINE.aggregates().get(0);

  private final CommittedEpochs epochs = new CommittedEpochs();
  private final CommittedRows rows = new CommittedRows(epochs, Map.of(), 1, new Segments(PIPELINE));
  private final Commits commits = new Commits();

  private static RowKey key(long window) {
    return RowKey.of(AGGREGATE, window, List.of());
  }

  @Test
  void shouldKeepWhatRowsWereUntilTheCommit() {
    rows.changes(key(0), new byte[] {1});
    rows.changes(key(0), new byte[] {2});
    rows.changes(key(1), null);
    commits.join(rows);
    assertThat(rows.now().before().get(key(0))).hasValue(new byte[] {1});
    assertThat(rows.now().before().get(key(1))).isEmpty();

    CommittedRows.Snapshot reading = rows.now();
    commits.committed();
    assertThat(rows.now().before()).isEmpty();
    assertThat(rows.now().at()).isGreaterThan(1);
    // Who reads on reads on in the same state.
    assertThat(reading.before()).hasSize(2);
  }

  @Test
  void shouldShowEpochsWhenTheyAreCommitted() {
    epochs.add(7);
    rows.prepare(epochs, Map.of("d", 3L), 2);
    commits.join(rows);
    assertThat(rows.now().committed().contains(7)).isFalse();
    commits.committed();
    assertThat(rows.now().committed().contains(7)).isTrue();
    assertThat(rows.now().live()).containsEntry("d", 3L);
  }

  @Test
  void shouldStayWhereItIsWhenATransactionIsAborted() {
    rows.changes(key(0), new byte[] {1});
    commits.join(rows);
    commits.aborted();
    commits.committed();
    assertThat(rows.now().before().get(key(0))).hasValue(new byte[] {1});
    assertThat(rows.now().at()).isEqualTo(1);
  }

  @Test
  void shouldTellAStandbyWhatItsRowsAre() {
    epochs.add(3);
    byte[] bytes = rows.prepare(epochs, Map.of("0123456789abcdef", -1L), 99).toBytes();
    CommittedRows.Snapshot read = CommittedRows.Snapshot.fromBytes(bytes);
    assertThat(read.at()).isEqualTo(99);
    assertThat(read.committed().asSet()).containsExactly(3L);
    assertThat(read.live()).containsOnly(Map.entry("0123456789abcdef", -1L));
  }
}
