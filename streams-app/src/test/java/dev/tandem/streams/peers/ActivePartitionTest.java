package dev.tandem.streams.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.config.Home;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.Event;
import dev.tandem.core.reconcile.ClaimEntry;
import dev.tandem.core.reconcile.Claims;
import dev.tandem.core.reconcile.CommittedEpochs;
import dev.tandem.core.reconcile.LiveRow;
import dev.tandem.core.row.RowKey;
import dev.tandem.streams.query.Entries;
import dev.tandem.streams.query.OpenPartition;
import dev.tandem.streams.query.QueryRequest;
import dev.tandem.streams.query.RowQuery;
import dev.tandem.streams.topology.TaskBoard;
import dev.tandem.streams.topology.TestBoards;
import dev.tandem.streams.topology.TestStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers see of rows while a transaction changes them in the store, remembered or not. */
class ActivePartitionTest {
  private static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");
  private static final AggregateDefinition AGGREGATE = PIPELINE.aggregates().get(0);
  private static final RowLayout LAYOUT = new RowLayout(AGGREGATE);
  private static final long HOUR = 3_600_000;

  @TempDir Path folder;
  private final TaskBoard board = new TaskBoard();
  private KeyValueStore<byte[], byte[]> store;
  private TestBoards.Writer writer;
  private BlockCache cache;
  private long proven;

  @BeforeEach
  void open() {
    store = TestStores.open("rows", folder);
    writer = TestBoards.writer(PIPELINE, board, 0, store);
    cache = new BlockCache(1 << 20);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static RowKey key(long hour) {
    return RowKey.of(AGGREGATE, hour * HOUR, List.of());
  }

  private static RowState state(int events) {
    RowState state = new RowState(LAYOUT);
    for (int i = 0; i < events; i++) {
      state.add(new Event(PIPELINE.schema()), i);
    }
    return state;
  }

  /** A row that counts so many events; of none: it is not served. */
  private static byte[] row(int events) {
    LiveRow row = new LiveRow(LAYOUT);
    row.merge(0, Claims.NONE, state(events), new CommittedEpochs());
    return row.toBytes();
  }

  private void put(long hour, int events) {
    writer.put(key(hour), row(events));
  }

  private OpenPartition partition() {
    QueryRequest all = QueryRequest.parse(AGGREGATE, PIPELINE.zone(), Map.of());
    return new ActivePartition(0, store, board.rows().get(0), () -> proven, cache).open(all);
  }

  private static List<String> rows(OpenPartition open) {
    QueryRequest all = QueryRequest.parse(AGGREGATE, PIPELINE.zone(), Map.of());
    List<String> rows = new ArrayList<>();
    try (Entries entries = new RowQuery(all, PIPELINE.zone(), 1).run(List.of(open))) {
      entries.forEachRemaining(
          e -> rows.add(e.key().windowStart() / HOUR + "=" + e.state().events()));
    }
    return rows;
  }

  private List<String> read() {
    return rows(partition());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2_000, 1 << 20})
  void shouldServeWhatIsCommittedOnly(int memory) {
    cache = new BlockCache(memory);
    put(1, 1);
    assertThat(read()).isEmpty();
    writer.commit();
    assertThat(read()).containsExactly("1=1");
    put(1, 2);
    put(2, 2);
    put(1, 3);
    assertThat(read()).containsExactly("1=1");
    writer.commit();
    assertThat(read()).containsExactly("1=3", "2=2");
    put(1, 0);
    assertThat(read()).containsExactly("1=3", "2=2");
    writer.commit();
    assertThat(read()).containsExactly("2=2");
  }

  @Test
  void shouldStayAsItIsWhileItIsRead() {
    put(1, 1);
    put(2, 1);
    writer.commit();
    put(2, 2);
    OpenPartition open = partition();
    writer.commit();
    put(2, 3);
    writer.commit();
    assertThat(rows(open)).containsExactly("1=1", "2=1");
    assertThat(read()).containsExactly("1=1", "2=3");
  }

  /** What a row is worth can change without a write: an event that a backfill counted. */
  @Test
  void shouldForgetWhatABackfillMayHaveChanged() {
    Claims claimed = Claims.NONE.plus(new ClaimEntry(7, true));
    LiveRow row = new LiveRow(LAYOUT);
    row.merge(0, claimed, state(1), new CommittedEpochs());
    writer.put(key(1), row.toBytes());
    writer.commit();
    assertThat(read()).containsExactly("1=1");
    CommittedEpochs epochs = new CommittedEpochs();
    epochs.add(7);
    writer.commit(epochs);
    assertThat(read()).isEmpty();
  }

  /** A task that is made anew may hold other rows, and counts its commits from the start. */
  @Test
  void shouldForgetTheRowsOfATaskThatIsGone() {
    put(1, 1);
    writer.commit();
    assertThat(read()).containsExactly("1=1");
    store.put(key(1).bytes(), row(5));
    TestBoards.writer(PIPELINE, board, 0, store);
    assertThat(read()).containsExactly("1=5");
  }

  /** Any history of writes and commits, with more rows than memory has room for, or not. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3_000, 20_000, 1 << 20})
  void shouldAlwaysEqualWhatWasCommitted(int memory) {
    cache = new BlockCache(memory);
    Random random = new Random(memory);
    Map<Long, Integer> open = new TreeMap<>();
    List<String> committed = List.of();
    for (int step = 0; step < 3_000; step++) {
      long hour = random.nextInt(20) * 100L + random.nextInt(10);
      if (random.nextInt(4) == 0) {
        open.remove(hour);
        put(hour, 0);
      } else {
        int events = 1 + random.nextInt(9);
        open.put(hour, events);
        put(hour, events);
      }
      if (random.nextInt(3) == 0) {
        writer.commit();
        committed = open.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
      }
      if (random.nextInt(3) == 0) {
        assertThat(read()).as("step %d", step).isEqualTo(committed);
      }
    }
  }

  @Test
  void shouldBeAsOfTheLastCommitOrOfTheLastProofThatItIsTheOne() {
    put(1, 1);
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
