package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.Causes;
import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.Rule;
import dev.tandem.core.definition.Rules;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventBytes;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Folds events into rows with the core's code, and notes why a row may be other than it is served.
 * Rows that only the log's version of an event touches come out with an empty state: the batch has
 * to look at them. Not thread-safe.
 */
final class RowFold {
  private final Selection selection;
  private final TimeRange range;
  private final Rules rules;
  private final long excludingRules;
  private final EventRows eventRows;
  private final EventBytes eventBytes;
  private final Layouts layouts;

  private final Map<RowKey, FoldedRow> rows = new HashMap<>();
  private final List<RowKey> chosenRows = new ArrayList<>();
  private IdCounts counts = IdCounts.NONE;

  RowFold(PipelineDefinition pipeline, Selection selection) {
    this.selection = selection;
    this.range = selection.range();
    this.rules = new Rules(pipeline);
    this.excludingRules = excluding(pipeline.rules());
    this.eventRows = new EventRows(pipeline);
    this.eventBytes = new EventBytes(pipeline.schema());
    this.layouts = new Layouts(pipeline);
  }

  /** Rules that only take values away, bit by index. */
  private static long excluding(List<Rule> rules) {
    long bits = 0;
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      boolean takesAway = rule instanceof Rule.NullOutside || rule instanceof Rule.NullUnlessWithin;
      bits |= takesAway ? 1L << i : 0;
    }
    return bits;
  }

  void add(String id, EventVersions v) {
    boolean fromFile = selection.source().usesFiles() && v.file() != null;
    byte[] chosen = fromFile ? v.file() : v.log();
    if (chosen == null) {
      return;
    }
    byte[] idBytes = id.getBytes(StandardCharsets.UTF_8);
    Event event = eventBytes.decode(chosen);
    long excluded = Long.bitCount(rules.apply(event) & excludingRules);
    boolean altered = fromFile && v.log() != null && !Arrays.equals(v.file(), v.log());
    Causes causes =
        new Causes(
            fromFile && v.log() == null ? 1 : 0,
            altered ? 1 : 0,
            0,
            Math.max(0, v.logRecords() - 1),
            excluded);
    chosenRows.clear();
    if (fromFile) {
      count(event, idBytes, causes);
    } else {
      countFromLog(event, idBytes, v.logOffset(), causes);
    }
    if (altered) {
      touch(eventBytes.decode(Objects.requireNonNull(v.log())));
    }
  }

  private void count(Event event, byte[] id, Causes causes) {
    long hash = Hashes.of(id);
    eventRows.forEach(
        event,
        (layout, key, window) -> {
          if (range.contains(window)) {
            FoldedRow row = row(key);
            row.state().add(event, hash);
            row.add(causes);
            chosenRows.add(key);
          }
        });
    if (!chosenRows.isEmpty()) {
      counts = counts.plus(new IdCounts(1, 1, causes));
    }
  }

  /** Row by row: behind the cut of a run that took the files for the truth it counts, else not. */
  private void countFromLog(Event event, byte[] id, long offset, Causes causes) {
    int partition = Partitioning.ofEvent(id, selection.logPartitions());
    long hash = Hashes.of(id);
    Causes without = new Causes(0, 0, 1, 0, 0);
    boolean[] counted = {false};
    eventRows.forEach(
        event,
        (layout, key, window) -> {
          if (range.contains(window)) {
            FoldedRow row = row(key);
            if (selection.laterLog().counts(partition, offset, window)) {
              row.state().add(event, hash);
              row.add(causes);
              counted[0] = true;
            } else {
              row.add(without);
            }
            chosenRows.add(key);
          }
        });
    if (!chosenRows.isEmpty()) {
      counts = counts.plus(new IdCounts(1, counted[0] ? 1 : 0, counted[0] ? causes : without));
    }
  }

  /** Rows that only the log's version of an altered event is in. */
  private void touch(Event logVersion) {
    rules.apply(logVersion);
    boolean[] more = {false};
    eventRows.forEach(
        logVersion,
        (layout, key, window) -> {
          if (range.contains(window) && !chosenRows.contains(key)) {
            row(key).add(new Causes(0, 1, 0, 0, 0));
            more[0] = true;
          }
        });
    if (more[0] && chosenRows.isEmpty()) {
      counts = counts.plus(new IdCounts(1, 0, new Causes(0, 1, 0, 0, 0)));
    }
  }

  private FoldedRow row(RowKey key) {
    return rows.computeIfAbsent(key, this::newRow);
  }

  private FoldedRow newRow(RowKey key) {
    return FoldedRow.untouched(layouts, layouts.require(key));
  }

  /** The rows so far; they may be removed. */
  Map<RowKey, FoldedRow> rows() {
    return rows;
  }

  IdCounts counts() {
    return counts;
  }
}
