package dev.tandem.replay.rejected;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.replay.console.TextTable;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What is said of rejected records: for people, or as JSON. */
final class RejectedReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final int SHORT = 100;
  private static final int LONG = 4_000;

  private final PipelineDefinition pipeline;

  RejectedReport(PipelineDefinition pipeline) {
    this.pipeline = pipeline;
  }

  /** A record that is listed. */
  record Listed(RejectedRecord record, boolean repaired) {}

  /** By reason, then in all. */
  void print(Census census, boolean replayed, PrintWriter out) {
    if (census.records() == 0) {
      out.println("no rejected records");
      return;
    }
    List<String> header = new ArrayList<>(List.of("reason", "records", "repaired"));
    if (replayed) {
      header.add("repaired now");
    }
    header.addAll(List.of("open", "newest", replayed ? "why still rejected" : "such as"));
    List<List<String>> lines = new ArrayList<>();
    census.groups().forEach((reason, group) -> lines.add(line(reason, group, replayed)));
    new TextTable(header, lines).print(out);
  }

  private List<String> line(String reason, Census.Group group, boolean replayed) {
    List<String> cells =
        new ArrayList<>(List.of(reason, number(group.records()), number(group.before())));
    if (replayed) {
      cells.add(number(group.now()));
    }
    cells.add(number(group.open()));
    cells.add(time(group.last()));
    cells.add(shortened(group.error()));
    return cells;
  }

  void print(List<Listed> records, PrintWriter out) {
    List<List<String>> lines =
        records.stream()
            .map(
                l ->
                    List.of(
                        l.record().source(),
                        time(l.record().rejectedAt()),
                        l.record().reason() + (l.repaired() ? " (repaired)" : ""),
                        shortened(l.record().error()),
                        raw(l.record(), SHORT)))
            .toList();
    new TextTable(List.of("source", "rejected", "reason", "error", "bytes"), lines).print(out);
  }

  /**
   * @param replayed whether {@code repaired_now} means anything
   */
  ObjectNode json(Census census, boolean replayed, List<Listed> records) {
    ObjectNode node = JSON.createObjectNode();
    node.put("pipeline", pipeline.name());
    node.put("records", census.records());
    node.put("repaired", census.before());
    if (replayed) {
      node.put("repaired_now", census.now());
    }
    node.put("open", census.open());
    ArrayNode reasons = node.putArray("reasons");
    census
        .groups()
        .forEach(
            (reason, group) -> {
              ObjectNode one = reasons.addObject();
              one.put("reason", reason);
              one.put("records", group.records());
              one.put("repaired", group.before());
              if (replayed) {
                one.put("repaired_now", group.now());
              }
              one.put("open", group.open());
              one.put("newest", Instant.ofEpochMilli(group.last()).toString());
              one.put("error", group.error());
            });
    if (!records.isEmpty()) {
      ArrayNode list = node.putArray("list");
      records.forEach(l -> add(list.addObject(), l));
    }
    return node;
  }

  private static void add(ObjectNode node, Listed listed) {
    RejectedRecord record = listed.record();
    node.put("source", record.source());
    node.put("partition", record.partition());
    node.put("offset", record.offset());
    node.put("rejected_at", Instant.ofEpochMilli(record.rejectedAt()).toString());
    node.put("reason", record.reason());
    node.put("error", record.error());
    node.put("repaired", listed.repaired());
    node.put("bytes", raw(record, LONG));
    if (record.columns() != null) {
      node.put("columns", Escaped.text(record.columns(), LONG));
    }
  }

  private static String raw(RejectedRecord record, int most) {
    return record.value() == null ? "" : Escaped.text(record.value(), most);
  }

  private static String shortened(String text) {
    return text.length() <= SHORT ? text : text.substring(0, SHORT - 1) + "…";
  }

  private String time(long millis) {
    ZoneId zone = pipeline.zone();
    return TIME.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  private static String number(long n) {
    return "%,d".formatted(n);
  }
}
