package dev.tandem.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.row.RowKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartialBatchesTest {
  private static final int PARTITIONS = 3;
  private static final int LIMIT = 16 << 10;

  private final PipelineDefinition pipeline =
      PipelineLoader.load(Path.of("../config/pipelines/biketown.yaml"));
  private final AggregateDefinition departures =
      pipeline.aggregates().stream()
          .filter(a -> a.name().equals("departures_hourly"))
          .findFirst()
          .orElseThrow();
  private final List<byte[]> records = new ArrayList<>();
  private final PartialBatches batches =
      new PartialBatches(PARTITIONS, key -> (int) (key.windowStart() % PARTITIONS), records::add);

  private RowKey key(long window, String station) {
    return RowKey.of(departures, window, List.of(station));
  }

  private void add(RowKey key) {
    batches.add(
        key, new Partial.Contribution(0, Claims.NONE, new RowState(new RowLayout(departures))));
  }

  private List<RowKey> read(byte[] record) {
    List<RowKey> keys = new ArrayList<>();
    PartialBatches.read(record, (key, contribution) -> keys.add(key));
    return keys;
  }

  @Test
  void shouldPassOnEachContributionOnceInItsPartition() {
    List<RowKey> all = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      all.add(key(i, "station " + i));
    }
    all.forEach(this::add);
    batches.flush();

    List<RowKey> found = new ArrayList<>();
    for (byte[] record : records) {
      assertThat(PartialBatches.isBatch(record)).isTrue();
      assertThat(Partial.isProgress(record)).isFalse();
      assertThat(record.length).isLessThan(LIMIT + 20);
      int partition = PartialBatches.partition(record);
      List<RowKey> keys = read(record);
      assertThat(keys).allMatch(key -> key.windowStart() % PARTITIONS == partition);
      found.addAll(keys);
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(all);
    assertThat(records).hasSizeBetween(PARTITIONS, 40);
  }

  @Test
  void shouldGiveALargeOneARecordOfItsOwn() {
    RowKey large = key(0, "x".repeat(LIMIT));
    add(key(0, "before"));
    add(large);
    add(key(0, "behind"));
    batches.flush();

    assertThat(records)
        .map(this::read)
        .containsExactly(List.of(key(0, "before")), List.of(large), List.of(key(0, "behind")));
  }

  @Test
  void shouldHaveNothingToPassOnTwice() {
    add(key(0, "one"));
    batches.flush();
    batches.flush();

    assertThat(records).hasSize(1);
  }
}
