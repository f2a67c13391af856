package dev.tandem.backfill.report;

import dev.tandem.core.time.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a backfill found, and what it published or would publish.
 *
 * @param undoes epoch of the run that it undoes; empty for an ordinary backfill
 * @param acknowledged whether the app had acknowledged the cut, so that only rows that differ had
 *     to be published; for a dry run: whether it had come to the end of the log
 * @param published corrections written, 0 in a dry run
 * @param inRange events with a row in the range
 * @param counted those of them that count in a row
 * @param claimed event ids that only the files have, newly claimed
 * @param released event ids claimed before that neither files nor log have any more
 * @param aggregates in the pipeline's order
 * @param range of the rows it speaks of
 * @param certificate of the rows as they should be
 * @param ledger of the events before the cut; empty without an acknowledgement
 * @param seconds by phase
 */
public record Report(
    boolean dryRun,
    OptionalLong undoes,
    Source source,
    boolean acknowledged,
    long published,
    EventCounts files,
    EventCounts log,
    long inRange,
    long counted,
    Causes causes,
    long claimed,
    long released,
    List<RowSummary> aggregates,
    TimeRange range,
    Certificate certificate,
    Optional<CutLedger> ledger,
    Map<String, Double> seconds) {

  public Report {
    aggregates = List.copyOf(aggregates);
  }

  /** Rows of all aggregates. */
  public RowCounts total() {
    return aggregates.stream().map(RowSummary::counts).reduce(RowCounts.NONE, RowCounts::plus);
  }
}
