package dev.tandem.backfill;

import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.backfill.report.Gate;
import dev.tandem.backfill.report.Source;
import dev.tandem.core.time.TimeRange;
import java.time.Duration;
import java.util.List;

/**
 * What a backfill is to do.
 *
 * @param files local paths and URIs, in order; empty when the source is the log
 * @param range of the rows it speaks of
 * @param dryRun compare and report, publish nothing at all
 * @param full publish every row, also those that do not differ
 * @param gate how many of the rows served in the range may change or go
 * @param ackTimeout how long to wait for the app's acknowledgement
 */
record BackfillRequest(
    PipelineText pipeline,
    List<String> files,
    TimeRange range,
    Source source,
    boolean dryRun,
    boolean full,
    Gate gate,
    Duration ackTimeout) {
  BackfillRequest {
    files = List.copyOf(files);
  }
}
