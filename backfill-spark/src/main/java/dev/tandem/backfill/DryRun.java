package dev.tandem.backfill;

import dev.tandem.backfill.engine.Comparison;
import dev.tandem.backfill.engine.Events;
import dev.tandem.backfill.engine.PlannedClaims;
import dev.tandem.backfill.engine.Rows;
import dev.tandem.backfill.engine.Selection;
import dev.tandem.backfill.report.Report;
import dev.tandem.backfill.report.ReportJson;
import dev.tandem.core.kafka.Run;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A backfill that publishes nothing at all: no epoch, no claims, no barriers. Its cut is the end of
 * the log as it begins, compared with what is served when the app has come there.
 */
final class DryRun {
  private final BackfillRequest request;
  private final Session session;
  private final BatchSteps steps;

  DryRun(BackfillRequest request, Session session) {
    this.request = request;
    this.session = session;
    this.steps = new BatchSteps(session, request.source(), request.files(), request.range());
  }

  BackfillResult run() {
    steps.refuseShortenedLog(request.logFrom());
    session.runs().refresh();
    Map<Long, Run> runs = session.runs().runs();
    long epoch = runs.keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
    Map<Integer, Long> cut = session.offsets().committedEnds(session.topics().events());
    Selection selection = request.selection(session.partitions());
    try (Events events = steps.read(cut, true);
        PlannedClaims claims = steps.planClaims(events, epoch, runs);
        Rows rows = steps.fold(events, selection, true)) {
      boolean there = steps.awaitApp(cut, request.ackTimeout()) == 0;
      Map<Integer, Long> ends = session.offsets().ends(session.topics().aggregates());
      try (Comparison comparison = steps.compare(rows, ends, 0, false)) {
        Report report =
            steps.report(request, there, 0, events, rows, claims, comparison, Optional.empty());
        if (report.total().different() > 0) {
          sayWhatMoves(comparison, selection, cut, ends);
        }
        return new BackfillResult(
            OptionalLong.empty(),
            request.gate().allows(report.total()),
            report,
            new ReportJson(session.pipeline().definition()).toJson(report),
            Optional.empty());
      }
    }
  }

  /** Events go on arriving; rows that they touch may differ for no other reason. */
  private void sayWhatMoves(
      Comparison comparison, Selection all, Map<Integer, Long> cut, Map<Integer, Long> ends) {
    long moving = steps.recheck(comparison, all, cut, ends, 0).totalMoving();
    if (moving > 0) {
      session
          .phases()
          .line("  %,d of these rows are moving: events touched them meanwhile", moving);
    }
  }
}
