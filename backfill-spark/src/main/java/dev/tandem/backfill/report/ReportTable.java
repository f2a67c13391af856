package dev.tandem.backfill.report;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.reconcile.Ledger;
import dev.tandem.core.row.RowJson;
import dev.tandem.core.row.RowKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A {@link Report} for people. */
public final class ReportTable {
  private static final String MIN = " min";
  private static final String MAX = " max";

  private final PipelineDefinition pipeline;
  private final RowJson rows;

  public ReportTable(PipelineDefinition pipeline) {
    this.pipeline = pipeline;
    this.rows = new RowJson(pipeline.zone());
  }

  public List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    if (report.source().usesFiles()) {
      lines.add("files   " + read(report.files()));
    }
    lines.add("log     " + read(report.log()));
    lines.add(
        text(
            "events  %,d in range, %,d counted; %s; %,d claimed, %,d released",
            report.inRange(),
            report.counted(),
            report.causes().equals(Causes.NONE) ? "nothing unusual" : report.causes().text(),
            report.claimed(),
            report.released()));
    report.ledger().ifPresent(ledger -> lines.add(ledger(ledger)));
    lines.add("");
    lines.add(header());
    for (int i = 0; i < pipeline.aggregates().size(); i++) {
      lines.add(row(pipeline.aggregates().get(i).name(), report.aggregates().get(i).counts()));
    }
    lines.add(row("total", report.total()));
    for (int i = 0; i < pipeline.aggregates().size(); i++) {
      changes(pipeline.aggregates().get(i), report.aggregates().get(i), lines);
    }
    return lines;
  }

  private static String read(EventCounts counts) {
    String rejected =
        counts.rejected().entrySet().stream()
            .map(e -> text("%s %,d", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return text("%,d read: %,d events", counts.read(), counts.events())
        + (rejected.isEmpty() ? "" : text(", %,d rejected (%s)", counts.rejectedTotal(), rejected));
  }

  private static String ledger(CutLedger cut) {
    Ledger t = cut.total();
    return text(
            "ledger  %,d read = %,d counted + %,d counted by a batch + %,d duplicate + %,d rejected"
                + " + %,d parked",
            t.read(), t.counted(), t.claimed(), t.duplicate(), t.rejected(), t.parked())
        + cut.problem().map(problem -> ": DOES NOT BALANCE: " + problem).orElse("");
  }

  private String header() {
    return text(
        "%-" + width() + "s %12s %12s %12s %12s %12s",
        "rows",
        "compared",
        "unchanged",
        "corrected",
        "added",
        "removed");
  }

  private String row(String name, RowCounts c) {
    return text(
        "%-" + width() + "s %,12d %,12d %,12d %,12d %,12d",
        name,
        c.compared(),
        c.unchanged(),
        c.corrected(),
        c.added(),
        c.removed());
  }

  private int width() {
    return pipeline.aggregates().stream().mapToInt(a -> a.name().length()).max().orElse(8) + 1;
  }

  private void changes(AggregateDefinition aggregate, RowSummary summary, List<String> lines) {
    if (summary.largest().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("largest changes of " + aggregate.name() + " (served -> right: why)");
    for (RowChange c : summary.largest()) {
      lines.add(
          "  "
              + place(aggregate, c.key())
              + ": "
              + change(aggregate, c.before(), c.after())
              + ": "
              + c.causes().text());
    }
  }

  /** Window and dimensions of a row. */
  public String place(AggregateDefinition aggregate, RowKey key) {
    String dimensions =
        key.dimensions().stream().map(ReportTable::dimension).collect(Collectors.joining(" / "));
    return rows.window(key.windowStart()) + (aggregate.by().isEmpty() ? "" : " " + dimensions);
  }

  private static String dimension(@Nullable Object value) {
    return value == null ? "(none)" : Objects.toString(value);
  }

  /** What changes, metric by metric. */
  public static String change(AggregateDefinition aggregate, byte[] before, byte[] after) {
    Map<String, String> old = metrics(aggregate, before);
    Map<String, String> now = metrics(aggregate, after);
    if (before.length == 0 || after.length == 0) {
      return before.length == 0 ? "no row -> " + all(now) : all(old) + " -> no row";
    }
    String changed =
        now.entrySet().stream()
            .filter(e -> !e.getValue().equals(old.get(e.getKey())))
            .map(
                e ->
                    e.getKey() + " " + old.getOrDefault(e.getKey(), "none") + " -> " + e.getValue())
            .collect(Collectors.joining(", "));
    return changed.isEmpty() ? all(now) + ", of other events" : changed;
  }

  private static String all(Map<String, String> metrics) {
    return metrics.entrySet().stream()
        .filter(e -> !e.getKey().endsWith(MIN) && !e.getKey().endsWith(MAX))
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Map<String, String> metrics(AggregateDefinition aggregate, byte[] bytes) {
    RowLayout layout = new RowLayout(aggregate);
    RowState state = bytes.length == 0 ? new RowState(layout) : RowState.fromBytes(layout, bytes);
    Map<String, String> metrics = new LinkedHashMap<>();
    for (Metric metric : aggregate.metrics()) {
      switch (metric.kind()) {
        case COUNT -> metrics.put(metric.name(), text("%,d", state.events()));
        case DISTINCT -> metrics.put(metric.name(), text("%,d", state.distinct(metric)));
        case HISTOGRAM ->
            metrics.put(metric.name(), text("%,d values", state.histogramCount(metric)));
        case STATS -> {
          RowState.Stats s = state.stats(metric);
          metrics.put(metric.name(), s == null ? "none" : "sum " + scaled(metric, s.sum()));
          if (s != null) {
            metrics.put(metric.name() + MIN, scaled(metric, s.min()));
            metrics.put(metric.name() + MAX, scaled(metric, s.max()));
          }
        }
      }
    }
    return metrics;
  }

  private static String scaled(Metric metric, long value) {
    int scale = metric.field().scale();
    return text("%,." + scale + "f", BigDecimal.valueOf(value, scale));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
