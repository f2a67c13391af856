package dev.tandem.backfill;

import dev.tandem.backfill.engine.Lake;
import dev.tandem.backfill.engine.LaterLog;
import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.backfill.engine.Selection;
import dev.tandem.backfill.report.Gate;
import dev.tandem.backfill.report.Source;
import dev.tandem.core.kafka.RunInput;
import dev.tandem.core.time.TimeRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a backfill is to do.
 *
 * @param files local paths and URIs, in order; empty when the source is the log
 * @param range of the rows it speaks of
 * @param dryRun compare and report, publish nothing at all
 * @param full publish every row, also those that do not differ
 * @param gate how many of the rows served in the range may change or go
 * @param ackTimeout how long to wait for the app's acknowledgement
 * @param lake where the rows are put as well once they are published; empty: nowhere
 * @param undo what it undoes; empty for an ordinary backfill
 */
record BackfillRequest(
    PipelineText pipeline,
    List<String> files,
    TimeRange range,
    Source source,
    boolean dryRun,
    boolean full,
    Gate gate,
    Duration ackTimeout,
    Optional<Lake> lake,
    Optional<Undo> undo) {
  BackfillRequest {
    files = List.copyOf(files);
  }

  /**
   * What makes a backfill the undoing of a run.
   *
   * @param run epoch of the run to undo
   * @param newest epoch of the newest run when this was planned: a later one must not come between
   * @param logFrom with the source files: by partition, from which offset on events that only the
   *     log has count; else empty
   * @param inputs the files as they must be
   */
  record Undo(long run, long newest, Map<Integer, Long> logFrom, List<RunInput> inputs) {}

  /** Which events count, and in which rows. */
  Selection selection(int logPartitions) {
    Selection all = Selection.of(source, range, logPartitions);
    Map<Integer, Long> from = logFrom();
    return from.isEmpty()
        ? all
        : all.with(new LaterLog(List.of(new LaterLog.Run(range.from(), range.to(), from)), false));
  }

  /** See {@link Undo#logFrom}; empty for an ordinary backfill. */
  Map<Integer, Long> logFrom() {
    return undo.map(Undo::logFrom).orElse(Map.of());
  }
}
