package dev.tandem.backfill;

import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.backfill.report.Gate;
import java.time.Duration;

/**
 * What an undo is to do.
 *
 * @param run epoch of the run to undo
 * @param dryRun compare and report, publish nothing at all
 * @param full publish every row, also those that do not differ
 * @param gate how many rows may change beyond those that the run had changed
 * @param ackTimeout how long to wait for the app's acknowledgement
 */
record UndoRequest(
    PipelineText pipeline,
    long run,
    boolean dryRun,
    boolean full,
    Gate gate,
    Duration ackTimeout) {}
