package dev.tandem.backfill.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.backfill.TestPipeline;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.reconcile.Ledger;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.LocalTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
  private final PipelineDefinition pipeline = TestPipeline.load();

  private Report report() {
    AggregateDefinition departures = TestPipeline.aggregate(pipeline, "departures_hourly");
    RowLayout layout = new RowLayout(departures);
    RowState after = new RowState(layout);
    after.add(TestPipeline.trip(pipeline, "t", "2017-07-01T15:10:00Z", "A"), 7);
    List<Object> key = new ArrayList<>();
    key.add(null);
    SummaryBuilder b = new SummaryBuilder(departures, layout);
    long window = java.time.Instant.parse("2017-07-01T15:00:00Z").toEpochMilli();
    b.add(
        RowKey.of(departures, window, key),
        new byte[0],
        SummaryBuilder.bytes(after),
        new Causes(1, 0, 0, 0, 2));
    List<RowSummary> summaries = new ArrayList<>();
    for (AggregateDefinition a : pipeline.aggregates()) {
      summaries.add(a.equals(departures) ? b.build() : RowSummary.NONE);
    }
    return new Report(
        false,
        OptionalLong.of(6),
        Source.BOTH,
        true,
        1,
        new EventCounts(3, Map.of("blank", 2L)),
        EventCounts.NONE,
        3,
        3,
        new Causes(3, 0, 0, 0, 2),
        3,
        0,
        summaries,
        LocalTimes.range(Optional.of("2017-06-10"), Optional.empty(), pipeline.zone()),
        certificate(departures, RowKey.of(departures, window, key), after),
        Optional.of(
            new CutLedger(
                Map.of(0, new Ledger(5, 3, 1, 0, 1, 0), 1, new Ledger(2, 0, 0, 2, 0, 0)), 7)),
        Map.of("read", 1.5));
  }

  private Certificate certificate(AggregateDefinition departures, RowKey row, RowState state) {
    CertificateBuilder certificate = new CertificateBuilder(pipeline.zone());
    int index = pipeline.aggregates().indexOf(departures);
    certificate.add(index, row, SummaryBuilder.bytes(state));
    RowKey june = RowKey.of(departures, row.windowStart() - 86_400_000, row.dimensions());
    certificate.add(index, june, SummaryBuilder.bytes(state));
    return certificate.build();
  }

  @Test
  void shouldGiveTheCertificateByMonthClippedToTheRange() {
    JsonNode json = new ReportJson(pipeline).toJson(report()).get("certificate");
    assertThat(json.get("grain").asText()).isEqualTo("month");
    assertThat(json.get("ranges")).hasSize(2);
    JsonNode june = json.at("/ranges/0");
    assertThat(june.get("aggregate").asText()).isEqualTo("departures_hourly");
    assertThat(june.get("from").asText()).isEqualTo("2017-06-10T00:00:00-07:00");
    assertThat(june.get("to").asText()).isEqualTo("2017-07-01T00:00:00-07:00");
    assertThat(june.get("rows").asLong()).isEqualTo(1);
    assertThat(june.get("ids").asText()).isEqualTo("0000000000000007");
    assertThat(june.get("states").asText()).matches("[0-9a-f]{32}");
    JsonNode july = json.at("/ranges/1");
    assertThat(july.get("to").asText()).isEqualTo("2017-08-01T00:00:00-07:00");
    assertThat(july.get("states")).isNotEqualTo(june.get("states"));
    JsonNode all = new ReportJson(pipeline).toJson(report()).at("/aggregates/2");
    assertThat(all.get("rows").asLong()).isEqualTo(2);
    assertThat(all.get("ids").asText()).isEqualTo("000000000000000e");
  }

  @Test
  void shouldGiveTheLedgerOfTheCut() {
    JsonNode json = new ReportJson(pipeline).toJson(report()).get("ledger");
    assertThat(json.get("balances").asBoolean()).isTrue();
    assertThat(json.get("read").asLong()).isEqualTo(7);
    assertThat(json.get("duplicate").asLong()).isEqualTo(2);
    assertThat(json.at("/partitions/0/claimed").asLong()).isEqualTo(1);
    assertThat(json.at("/partitions/1/partition").asLong()).isEqualTo(1);
    assertThat(new ReportTable(pipeline).lines(report()))
        .contains(
            "ledger  7 read = 3 counted + 1 counted by a batch + 2 duplicate + 1 rejected + 0"
                + " parked");
  }

  @Test
  void shouldGiveCountsCausesAndChanges() {
    JsonNode json = new ReportJson(pipeline).toJson(report());
    assertThat(json.get("undoes").asLong()).isEqualTo(6);
    assertThat(json.at("/events/files/read").asLong()).isEqualTo(5);
    assertThat(json.at("/events/files/rejected_by_reason/blank").asLong()).isEqualTo(2);
    assertThat(json.at("/events/causes/missing").asLong()).isEqualTo(3);
    assertThat(json.at("/rows/added").asLong()).isEqualTo(1);
    JsonNode change = json.at("/aggregates/2/largest/0");
    assertThat(change.get("window").asText()).isEqualTo("2017-07-01T08:00:00-07:00");
    assertThat(change.get("key").toString()).isEqualTo("{\"start_station\":null}");
    assertThat(change.get("old").isNull()).isTrue();
    assertThat(change.get("new").toString())
        .isEqualTo(
            "{\"trips\":1,\"duration_s\":{\"count\":1,\"sum\":600,\"min\":600,\"max\":600},"
                + "\"distance_mi\":{\"count\":1,\"sum\":1.00,\"min\":1.00,\"max\":1.00}}");
    assertThat(change.at("/why/values_excluded").asLong()).isEqualTo(2);
  }

  @Test
  void shouldReadWellAsATable() {
    List<String> lines = new ReportTable(pipeline).lines(report());
    assertThat(lines)
        .anyMatch(line -> line.matches("total +1 +0 +0 +1 +0"))
        .contains(
            "files   5 read: 3 events, 2 rejected (blank 2)",
            "events  3 in range, 3 counted; 3 missing, 2 values excluded; 3 claimed, 0 released",
            "  2017-07-01T08:00:00-07:00 (none): no row -> trips 1, duration_s sum 600, distance_mi"
                + " sum 1.00: 1 missing, 2 values excluded");
  }
}
