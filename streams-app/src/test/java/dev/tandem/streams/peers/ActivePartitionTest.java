package dev.tandem.streams.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.config.Home;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.row.RowKey;
import dev.tandem.streams.query.OpenPartition;
import dev.tandem.streams.topology.TaskBoard;
import dev.tandem.streams.topology.TestBoards;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What readers see of rows while a transaction changes them in the store. */
class ActivePartitionTest {
  private static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");
  private static final AggregateDefinition AGGREGATE = PIPELINE.aggregates().get(0);

  private final KeyValueStore<byte[], byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("rows"), Serdes.ByteArray(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private final TaskBoard board = new TaskBoard();
  private final TestBoards.Writer writer = TestBoards.writer(board, 0, store);
  private long proven;

  @BeforeEach
  void open() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    store.init(context.getStateStoreContext(), store);
  }

  private static RowKey key(long window) {
    return RowKey.of(AGGREGATE, window, List.of());
  }

  private OpenPartition partition() {
    return new ActivePartition(0, store, board.rows().get(0), () -> proven)
        .open(RowKey.lowerBound(AGGREGATE.id(), 0), RowKey.lowerBound(AGGREGATE.id(), 1_000));
  }

  private List<String> read() {
    try (OpenPartition open = partition()) {
      List<String> rows = new ArrayList<>();
      open.entries()
          .forEachRemaining(e -> rows.add(RowKey.of(e.key).windowStart() + "=" + e.value[0]));
      return rows;
    }
  }

  @Test
  void shouldServeWhatIsCommittedOnly() {
    writer.put(key(1), 1);
    assertThat(read()).isEmpty();
    writer.commit();
    assertThat(read()).containsExactly("1=1");
    writer.put(key(1), 2);
    writer.put(key(2), 2);
    writer.put(key(1), 3);
    assertThat(read()).containsExactly("1=1");
    writer.commit();
    assertThat(read()).containsExactly("1=3", "2=2");
  }

  @Test
  void shouldStayAsItIsWhileItIsRead() {
    writer.put(key(1), 1);
    writer.put(key(2), 1);
    writer.commit();
    writer.put(key(2), 2);
    try (OpenPartition open = partition()) {
      writer.commit();
      writer.put(key(2), 3);
      writer.commit();
      open.entries().next();
      assertThat(open.entries().next().value).containsExactly(1);
    }
  }

  @Test
  void shouldBeAsOfTheLastCommitOrOfTheLastProofThatItIsTheOne() {
    writer.put(key(1), 1);
    writer.commit();
    long commit = board.rows().get(0).now().at();
    try (OpenPartition open = partition()) {
      assertThat(open.asOf()).isEqualTo(commit);
    }
    proven = commit + 5_000;
    try (OpenPartition open = partition()) {
      assertThat(open.asOf()).isEqualTo(proven);
    }
  }
}
