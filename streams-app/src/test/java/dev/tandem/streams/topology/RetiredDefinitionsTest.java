package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.config.Home;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.reconcile.LiveRow;
import dev.tandem.core.row.RowKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restart under an edited definition, as the second half's stores see it. */
class RetiredDefinitionsTest {
  @TempDir Path folder;
  private final PipelineDefinition before =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");
  private final List<String> withdrawn = new ArrayList<>();
  private final List<RowKey> unpublished = new ArrayList<>();
  private KeyValueStore<byte[], byte[]> stored;
  private KeyValueStore<byte[], byte[]> tagged;
  private StoredRows rows;
  private KeyValueStore<byte[], byte[]> definitions;

  @BeforeEach
  void openStores() {
    stored = TestStores.open("rows", folder);
    tagged = TestStores.open("tagged", folder);
    definitions = TestStores.open("definitions", folder);
    rows = new StoredRows(stored, tagged);
    run(before);
  }

  @AfterEach
  void closeStores() {
    stored.close();
    tagged.close();
    definitions.close();
  }

  private void run(PipelineDefinition pipeline) {
    RetiredDefinitions retired =
        new RetiredDefinitions(pipeline, rows, definitions, unpublished::add, key -> {});
    retired.work((key, value) -> withdrawn.add(new String(key, StandardCharsets.UTF_8)));
    assertThat(retired.hasWork()).isFalse();
  }

  private static RowKey put(StoredRows rows, AggregateDefinition a, boolean pending) {
    RowKey key = RowKey.of(a, 1_498_892_400_000L, a.by().stream().map(f -> "x").toList());
    LiveRow row = new LiveRow(new RowLayout(a));
    row.pending(pending);
    rows.put(key, null, row.toBytes());
    return key;
  }

  private PipelineDefinition edited(String what, String by) throws IOException {
    String yaml = Files.readString(Home.find().resolve("config/pipelines/biketown.yaml"));
    assertThat(yaml).contains(what);
    Path file = folder.resolve("biketown.yaml");
    Files.writeString(file, yaml.replace(what, by));
    return PipelineLoader.load(file);
  }

  @Test
  void shouldWithdrawRowsOfAnAggregateThatIsGone() throws IOException {
    AggregateDefinition plans = before.aggregate("trips_daily_by_plan").orElseThrow();
    AggregateDefinition routes = before.aggregate("routes_daily").orElseThrow();
    RowKey gone = put(rows, plans, false);
    RowKey stays = put(rows, routes, false);
    run(edited("  trips_daily_by_plan: {by: [plan], window: day}", ""));
    assertThat(withdrawn)
        .containsExactly(
            "{\"aggregate\":\"trips_daily_by_plan\",\"window\":\"2017-07-01T00:00:00-07:00\",\"key\":{\"plan\":\"x\"}}");
    assertThat(rows.get(gone)).isNull();
    assertThat(rows.get(stays)).isNotNull();
  }

  /** A row of the new definition has taken its place in the topic: it must not be withdrawn. */
  @Test
  void shouldLeaveAKeyThatANewRowHasTaken() throws IOException {
    AggregateDefinition old = before.aggregate("trips_daily_by_plan").orElseThrow();
    RowKey gone = put(rows, old, false);
    PipelineDefinition after =
        edited(
            "trips_daily_by_plan: {by: [plan], window: day}",
            "trips_daily_by_plan: {by: [plan], window: day, metrics: {trips: count}}");
    AggregateDefinition today = after.aggregate("trips_daily_by_plan").orElseThrow();
    assertThat(today.id()).isNotEqualTo(old.id());
    put(rows, today, false);
    run(after);
    assertThat(withdrawn).isEmpty();
    assertThat(rows.get(gone)).isNull();
  }

  @Test
  void shouldFindRowsThatAStopLeftUnpublished() {
    RowKey waits = put(rows, before.aggregate("trips_daily_by_plan").orElseThrow(), true);
    put(rows, before.aggregate("routes_daily").orElseThrow(), false);
    RowState empty = new RowState(new RowLayout(before.aggregates().get(0)));
    assertThat(empty.isEmpty()).isTrue();
    run(before);
    assertThat(unpublished).containsExactly(waits);
  }
}
