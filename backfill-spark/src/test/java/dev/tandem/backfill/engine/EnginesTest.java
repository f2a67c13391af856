package dev.tandem.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.backfill.engine.SightingsOracle.Row;
import dev.tandem.backfill.report.Source;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventBytes;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One question, three engines: the stream's two halves, the fold that Spark's tasks run, and DuckDB
 * with SQL of its own.
 */
class EnginesTest {
  private static final int EVENTS = 900;
  private static final int PARTS = 3;

  @TempDir Path folder;
  private PipelineDefinition pipeline;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder.resolve("pipelines"));
    Files.writeString(folder.resolve("pipelines/sightings.yaml"), Sightings.YAML);
    pipeline = PipelineText.load(folder, "sightings").definition();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldFoldTheSameRowsInEveryEngine(long seed) throws Exception {
    Sightings sightings = new Sightings(seed, EVENTS);
    Path file = sightings.write(folder.resolve("sightings-" + seed + ".jsonl"));
    Map<RowKey, byte[]> stream = stream(file, new Random(seed));
    Map<RowKey, byte[]> batch = batch(file);
    assertThat(hex(stream)).isEqualTo(hex(batch)).hasSizeGreaterThan(150);
    assertEqual(rows(stream), duckdb(sightings));
  }

  /** In any order, some events again, with commits anywhere. */
  private Map<RowKey, byte[]> stream(Path file, Random random) {
    List<Event> events = events(file);
    assertThat(events).hasSizeGreaterThan(EVENTS);
    Collections.shuffle(events, random);
    StreamFold fold = new StreamFold(pipeline);
    EventJson json = new EventJson(pipeline);
    for (Event event : events) {
      fold.event(event.id().getBytes(StandardCharsets.UTF_8), json.write(event));
      if (random.nextInt(20) == 0) {
        fold.drain();
      }
    }
    fold.drain();
    return fold.rows();
  }

  /** As tasks do: versions by id, a fold of each part of the ids, then the parts of each row. */
  private Map<RowKey, byte[]> batch(Path file) {
    Map<String, EventVersions> versions = new TreeMap<>();
    EventBytes bytes = new EventBytes(pipeline.schema());
    for (Event event : events(file)) {
      versions.merge(
          event.id(),
          EventVersions.ofFile(versions.size(), bytes.encode(event)),
          EventVersions::merge);
    }
    Layouts layouts = new Layouts(pipeline);
    Map<RowKey, byte[]> rows = new HashMap<>();
    for (int part = 0; part < PARTS; part++) {
      RowFold fold = new RowFold(pipeline, Selection.of(Source.FILES, TimeRange.ALL, 2));
      for (Map.Entry<String, EventVersions> e : versions.entrySet()) {
        if (Math.floorMod(e.getKey().hashCode(), PARTS) == part) {
          fold.add(e.getKey(), e.getValue());
        }
      }
      fold.rows()
          .forEach(
              (key, row) ->
                  rows.merge(key, row.toBytes(), (a, b) -> FoldedRow.merge(layouts, a, b)));
    }
    rows.replaceAll((key, row) -> FoldedRow.read(layouts, row).stateBytes());
    return rows;
  }

  private List<Event> events(Path file) {
    List<Event> events = new ArrayList<>();
    try (FileDecoder decoder = FileDecoder.open(pipeline, file)) {
      decoder.forEachRemaining(decoded -> events.add(((Decoded.Good) decoded).event()));
    }
    return events;
  }

  private static Map<String, String> hex(Map<RowKey, byte[]> rows) {
    Map<String, String> hex = new TreeMap<>();
    rows.forEach((key, state) -> hex.put(key.toString(), HexFormat.of().formatHex(state)));
    return hex;
  }

  /** All exact numbers; a distinct count has a standard error of 1.2 %. */
  private static void assertEqual(Map<String, Row> tandem, Map<String, Row> duckdb) {
    assertThat(numbers(tandem)).isEqualTo(numbers(duckdb));
    tandem.forEach(
        (key, row) -> {
          long exact = duckdb.get(key).kinds();
          assertThat(row.kinds()).as(key).isCloseTo(exact, within(1 + exact / 20));
        });
  }

  private static Map<String, String> numbers(Map<String, Row> rows) {
    Map<String, String> numbers = new TreeMap<>();
    rows.forEach((key, row) -> numbers.put(key, row.numbers()));
    return numbers;
  }

  /** What the states say, as DuckDB is asked for it. */
  private Map<String, Row> rows(Map<RowKey, byte[]> rows) {
    Map<String, Row> numbers = new TreeMap<>();
    Layouts layouts = new Layouts(pipeline);
    rows.forEach(
        (key, bytes) -> {
          int index = layouts.require(key);
          AggregateDefinition aggregate = layouts.aggregate(index);
          RowState state = RowState.fromBytes(layouts.get(index), bytes);
          List<String> dimensions =
              key.dimensions().stream().map(d -> d == null ? "-" : "=" + d).toList();
          numbers.put(
              "%s %d %s".formatted(aggregate.name(), key.windowStart(), dimensions),
              new Row(
                  "%d %s %s %d"
                      .formatted(
                          state.events(),
                          stats(state, metric(aggregate, "n")),
                          stats(state, metric(aggregate, "price")),
                          state.histogramCount(metric(aggregate, "spread"))),
                  state.distinct(metric(aggregate, "kinds"))));
        });
    return numbers;
  }

  private static Metric metric(AggregateDefinition aggregate, String name) {
    return aggregate.metrics().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String stats(RowState state, Metric metric) {
    RowState.Stats s = state.stats(metric);
    return s == null ? "0" : "%d/%d/%d/%d".formatted(s.count(), s.sum(), s.min(), s.max());
  }

  private Map<String, Row> duckdb(Sightings sightings) throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      sightings.load(duckdb);
      return SightingsOracle.rows(duckdb);
    }
  }
}
