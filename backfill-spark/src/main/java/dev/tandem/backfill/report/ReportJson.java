package dev.tandem.backfill.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.reconcile.Ledger;
import dev.tandem.core.row.RowJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A {@link Report} as JSON, as it is kept with the run and written to a file. */
public final class ReportJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  /** Some 200 bytes each. */
  private static final int MOST_RANGES = 3_000;

  private final PipelineDefinition pipeline;
  private final RowJson rows;

  public ReportJson(PipelineDefinition pipeline) {
    this.pipeline = pipeline;
    this.rows = new RowJson(pipeline.zone());
  }

  /** Pretty text of a report, for a file. */
  public static String text(JsonNode report) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pretty text of several reports, as an array. */
  public static String text(List<JsonNode> reports) {
    return text(JSON.createArrayNode().addAll(reports));
  }

  public ObjectNode toJson(Report report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("dry_run", report.dryRun());
    if (report.undoes().isPresent()) {
      json.put("undoes", report.undoes().getAsLong());
    }
    json.put("source", report.source().text());
    json.put("acknowledged", report.acknowledged());
    json.put("published", report.published());
    json.set("events", events(report));
    json.set("ledger", report.ledger().<JsonNode>map(ReportJson::ledger).orElse(JSON.nullNode()));
    json.set("rows", counts(report.total()));
    ArrayNode aggregates = json.putArray("aggregates");
    for (int i = 0; i < pipeline.aggregates().size(); i++) {
      aggregates.add(aggregate(report, i));
    }
    json.set("certificate", certificate(report));
    json.set("seconds", JSON.valueToTree(report.seconds()));
    return json;
  }

  private static ObjectNode events(Report report) {
    ObjectNode json = JSON.createObjectNode();
    json.set("files", read(report.files()));
    json.set("log", read(report.log()));
    json.put("in_range", report.inRange());
    json.put("counted", report.counted());
    json.put("claimed", report.claimed());
    json.put("released", report.released());
    json.set("causes", causes(report.causes()));
    return json;
  }

  private static ObjectNode read(EventCounts counts) {
    ObjectNode json = JSON.createObjectNode();
    json.put("read", counts.read());
    json.put("events", counts.events());
    json.put("rejected", counts.rejectedTotal());
    json.set("rejected_by_reason", JSON.<JsonNode>valueToTree(counts.rejected()));
    return json;
  }

  private static ObjectNode ledger(CutLedger cut) {
    ObjectNode json = JSON.createObjectNode();
    json.put("balances", cut.balances());
    ledger(json, cut.total());
    json.put("in_log", cut.inLog());
    ArrayNode partitions = json.putArray("partitions");
    cut.partitions()
        .forEach(
            (partition, ledger) ->
                ledger(partitions.addObject().put("partition", partition), ledger));
    return json;
  }

  private static void ledger(ObjectNode json, Ledger ledger) {
    json.put("read", ledger.read());
    json.put("counted", ledger.counted());
    json.put("claimed", ledger.claimed());
    json.put("duplicate", ledger.duplicate());
    json.put("rejected", ledger.rejected());
    json.put("parked", ledger.parked());
  }

  private static ObjectNode counts(RowCounts counts) {
    ObjectNode json = JSON.createObjectNode();
    json.put("compared", counts.compared());
    json.put("unchanged", counts.unchanged());
    json.put("corrected", counts.corrected());
    json.put("added", counts.added());
    json.put("removed", counts.removed());
    return json;
  }

  private static ObjectNode causes(Causes causes) {
    ObjectNode json = JSON.createObjectNode();
    json.put("missing", causes.missing());
    json.put("altered", causes.altered());
    json.put("not_in_files", causes.notInFiles());
    json.put("duplicated", causes.duplicated());
    json.put("values_excluded", causes.excluded());
    return json;
  }

  /**
   * The months clipped to the range; those without rows are left out. Where times are so wild that
   * the record would become too long for Kafka, the whole range is one.
   */
  private ObjectNode certificate(Report report) {
    boolean months = report.certificate().digests().size() <= MOST_RANGES;
    ObjectNode json = JSON.createObjectNode();
    json.put("grain", months ? "month" : "range");
    json.put("hash", "xxh3");
    ArrayNode ranges = json.putArray("ranges");
    (months ? report.certificate() : report.certificate().whole())
        .digests()
        .forEach(
            (slice, digest) -> {
              ObjectNode range = ranges.addObject();
              range.put("aggregate", pipeline.aggregates().get(slice.aggregate()).name());
              range.put("from", rows.window(Math.max(slice.from(), report.range().from())));
              range.put("to", rows.window(Math.min(slice.to(), report.range().to())));
              digest(range, digest);
            });
    return json;
  }

  private static void digest(ObjectNode json, Digest digest) {
    json.put("rows", digest.rows());
    json.put("ids", digest.idsHex());
    json.put("states", digest.statesHex());
  }

  private ObjectNode aggregate(Report report, int index) {
    AggregateDefinition aggregate = pipeline.aggregates().get(index);
    RowSummary summary = report.aggregates().get(index);
    ObjectNode json = JSON.createObjectNode();
    json.put("aggregate", aggregate.name());
    json.put("definition", aggregate.hexId());
    json.setAll(counts(summary.counts()));
    digest(json, report.certificate().of(index));
    ArrayNode largest = json.putArray("largest");
    RowLayout layout = new RowLayout(aggregate);
    summary.largest().forEach(change -> largest.add(change(aggregate, layout, change)));
    return json;
  }

  private ObjectNode change(AggregateDefinition aggregate, RowLayout layout, RowChange change) {
    ObjectNode json = JSON.createObjectNode();
    json.put("window", rows.window(change.key().windowStart()));
    json.set(
        "key",
        tree(
            out -> {
              out.writeStartObject();
              List<Field> by = aggregate.by();
              for (int i = 0; i < by.size(); i++) {
                out.writeFieldName(by.get(i).name());
                RowJson.writeDimension(out, change.key().dimensions().get(i));
              }
              out.writeEndObject();
            }));
    json.set("old", metrics(aggregate, layout, change.before()));
    json.set("new", metrics(aggregate, layout, change.after()));
    json.set("why", causes(change.causes()));
    return json;
  }

  private static JsonNode metrics(AggregateDefinition aggregate, RowLayout layout, byte[] state) {
    if (state.length == 0) {
      return JSON.nullNode();
    }
    RowState row = RowState.fromBytes(layout, state);
    return tree(
        out -> {
          out.writeStartObject();
          for (Metric metric : aggregate.metrics()) {
            out.writeFieldName(metric.name());
            RowJson.writeMetric(out, metric, row, false);
          }
          out.writeEndObject();
        });
  }

  private interface Writer {
    void to(JsonGenerator out) throws IOException;
  }

  private static JsonNode tree(Writer writer) {
    try (TokenBuffer buffer = new TokenBuffer(JSON, false)) {
      writer.to(buffer);
      return JSON.readTree(buffer.asParser());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
