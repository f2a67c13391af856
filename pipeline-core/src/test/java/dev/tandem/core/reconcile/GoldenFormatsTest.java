package dev.tandem.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.aggregate.UnknownVersionException;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.event.Event;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.row.RowJson;
import dev.tandem.core.row.RowKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Golden: what is in topics and state folders of users. {@code formats/golden.properties} has what
 * builds have written, by format and version; this build must read every line, and write the newest
 * version of each format byte for byte. A format that changes gets a new version and a new line; a
 * line is never changed and never taken away.
 */
class GoldenFormatsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final long WINDOW = 1_498_921_200_000L;

  private static final Field ID = new Field(0, "id", FieldType.STRING, 0);
  private static final Field TIME = new Field(1, "at", FieldType.TIMESTAMP, 0);
  private static final Field SECONDS = new Field(2, "seconds", FieldType.LONG, 0);
  private static final Field STATION = new Field(3, "station", FieldType.STRING, 0);
  private static final Schema SCHEMA = new Schema(List.of(ID, TIME, SECONDS, STATION), ID, TIME);
  private static final AggregateDefinition AGGREGATE =
      new AggregateDefinition(
          0x0123456789abcdefL,
          "departures",
          List.of(STATION),
          WindowUnit.HOUR,
          TIME,
          List.of(
              new Metric("trips", Metric.Kind.COUNT, ID),
              new Metric("seconds", Metric.Kind.STATS, SECONDS),
              new Metric("spread", Metric.Kind.HISTOGRAM, SECONDS),
              new Metric("stations", Metric.Kind.DISTINCT, STATION)));
  private static final RowLayout LAYOUT = new RowLayout(AGGREGATE);
  private static final RowKey KEY = RowKey.of(AGGREGATE, WINDOW, List.of("SW 3rd at Ankeny"));
  private static final Ledger LEDGER = new Ledger(21, 10, 3, 5, 1, 2);
  private static final Claims CLAIMS =
      new Claims(List.of(new ClaimEntry(4, true), new ClaimEntry(6, false)));
  private static final Map<Long, Long> LIVE = Map.of(AGGREGATE.id(), -1L, 7L, 5L);

  /** A format: what is written today, and how bytes of it are read and written again. */
  private record Format(String name, byte[] written, Again again) {}

  private interface Again {
    byte[] of(byte[] bytes);
  }

  private static RowState state() {
    RowState state = new RowState(LAYOUT);
    state.add(event("t1", 600L), 0x1111L);
    state.add(event("t2", 1_234L), 0x7777777777777777L);
    return state;
  }

  private static Event event(String id, long seconds) {
    Event event = new Event(SCHEMA);
    event.setText(ID, id);
    event.setNumber(TIME, WINDOW + 1);
    event.setNumber(SECONDS, seconds);
    event.setText(STATION, "SW 3rd at Ankeny");
    return event;
  }

  private static LiveRow row() {
    CommittedEpochs committed = new CommittedEpochs();
    committed.add(4);
    LiveRow row = new LiveRow(LAYOUT);
    row.correct(4, state(), committed);
    row.merge(4, Claims.NONE, state(), committed);
    row.merge(6, CLAIMS, state(), committed);
    row.pending(true);
    return row;
  }

  private static Stream<Format> formats() {
    Run run =
        new Run(
            "7",
            7,
            Run.State.COMMITTED,
            "2017-07-01T00:00:00-07:00",
            null,
            "both",
            Map.of("departures", "0123456789abcdef"),
            List.of("a.csv.gz"),
            List.of(),
            Map.of(),
            null,
            "2026-11-01T00:00:00Z",
            "2026-11-01T00:01:00Z",
            Map.of(0, 12L),
            NullNode.getInstance(),
            null);
    return Stream.of(
        new Format("row-key", KEY.bytes(), b -> RowKey.of(b).bytes()),
        new Format("row-state", state().toBytes(), b -> RowState.fromBytes(LAYOUT, b).toBytes()),
        new Format("row", row().toBytes(), b -> LiveRow.fromBytes(LAYOUT, b).toBytes()),
        new Format(
            "contribution",
            new Partial.Contribution(6, CLAIMS, state()).toBytes(),
            b -> Partial.readContribution(LAYOUT, b).toBytes()),
        new Format("partials", batch(), GoldenFormatsTest::readAndBatched),
        new Format(
            "progress",
            new Partial.Progress(3, 6, LIVE, LEDGER).toBytes(),
            b -> Partial.readProgress(b).toBytes()),
        new Format(
            "first-half",
            new FirstHalfState(40, 6, 6, LEDGER, 2, 1, LIVE, Ledger.ZERO).toBytes(3),
            b -> FirstHalfState.fromBytes(b).toBytes(3)),
        new Format(
            "correction",
            new Correction(7, state()).toBytes(),
            b -> Correction.fromBytes(LAYOUT, b).toBytes()),
        new Format(
            "parked-record",
            new LogRecord(40, WINDOW, text("t1"), text("{}"), "7").toBytes(),
            b -> LogRecord.fromBytes(b).toBytes()),
        new Format(
            "event-id",
            new IdEntry(true, 17_348, CLAIMS).toBytes(),
            b -> IdEntry.fromBytes(b).toBytes()),
        new Format(
            "acknowledgement",
            new Acknowledgement(
                    1, 6, Set.of(4L, 6L), Map.of("0123456789abcdef", -1L), Map.of(0, LEDGER))
                .toBytes(),
            b -> Acknowledgement.fromBytes(b).toBytes()),
        new Format("run", run.toBytes(), b -> Run.fromBytes(b).toBytes()),
        new Format(
            "aggregates-key",
            new RowJson(ZONE).key(AGGREGATE, KEY),
            b -> new RowJson(ZONE).key(AGGREGATE, RowJson.parseKey(AGGREGATE, b))));
  }

  /** Of two contributions to one row. */
  private static byte[] batch() {
    return batched(
        batches -> {
          batches.add(KEY, new Partial.Contribution(6, CLAIMS, state()));
          batches.add(KEY, new Partial.Contribution(6, Claims.NONE, state()));
        });
  }

  private static byte[] readAndBatched(byte[] bytes) {
    return batched(
        batches ->
            PartialBatches.read(
                bytes,
                (key, contribution) ->
                    batches.add(key, Partial.readContribution(LAYOUT, contribution.getRest()))));
  }

  private static byte[] batched(Consumer<PartialBatches> contributions) {
    List<byte[]> records = new ArrayList<>();
    PartialBatches batches = new PartialBatches(4, key -> 3, records::add);
    contributions.accept(batches);
    batches.flush();
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Properties golden() {
    Properties lines = new Properties();
    try (InputStream in =
        GoldenFormatsTest.class.getResourceAsStream("/formats/golden.properties")) {
      lines.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  @TestFactory
  Stream<DynamicTest> shouldWriteWhatIsWrittenDown() {
    return formats()
        .map(
            format ->
                DynamicTest.dynamicTest(
                    format.name(),
                    () ->
                        assertThat(HEX.formatHex(format.written()))
                            .as("a format that changes needs a new version, and a line for it")
                            .isEqualTo(newest(format.name()))));
  }

  @TestFactory
  Stream<DynamicTest> shouldReadWhatEveryBuildHasWritten() {
    Properties golden = golden();
    return formats()
        .flatMap(
            format ->
                golden.stringPropertyNames().stream()
                    .filter(name -> name.startsWith(format.name() + "."))
                    .sorted()
                    .map(
                        name ->
                            DynamicTest.dynamicTest(
                                name,
                                () -> {
                                  byte[] old = HEX.parseHex(golden.getProperty(name));
                                  assertThat(format.again().of(old)).isEqualTo(format.written());
                                })));
  }

  @Test
  void shouldRefuseWhatANewerBuildHasWritten() {
    for (Format format : formats().toList()) {
      if (Set.of("row-key", "event-id", "acknowledgement", "run", "aggregates-key")
          .contains(format.name())) {
        continue;
      }
      byte[] newer = format.written().clone();
      newer[0] = 99;
      assertThatThrownBy(() -> format.again().of(newer))
          .as(format.name())
          .isInstanceOf(UnknownVersionException.class)
          .hasMessageContaining("of version 99, this build reads ");
    }
  }

  /** The line of the highest version. */
  private static String newest(String format) {
    Properties golden = golden();
    return golden.stringPropertyNames().stream()
        .filter(name -> name.startsWith(format + "."))
        .max(Comparator.comparingInt(name -> Integer.parseInt(name.substring(format.length() + 1))))
        .map(golden::getProperty)
        .orElse("no line for " + format);
  }
}
