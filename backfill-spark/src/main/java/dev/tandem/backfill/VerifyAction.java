package dev.tandem.backfill;

import dev.tandem.backfill.engine.Comparison;
import dev.tandem.backfill.engine.Events;
import dev.tandem.backfill.engine.LaterLog;
import dev.tandem.backfill.engine.Recheck;
import dev.tandem.backfill.engine.Rows;
import dev.tandem.backfill.engine.Selection;
import dev.tandem.backfill.report.Certificate;
import dev.tandem.backfill.report.RowSummary;
import dev.tandem.backfill.report.Slice;
import dev.tandem.backfill.report.Source;
import dev.tandem.core.TandemException;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.kafka.LedgerCheck;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.TopicReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recomputes rows and compares them with those served; writes nothing. Digests are compared first,
 * and rows only where digests differ.
 *
 * <p>What is right depends on the source. Both: files and log, the files' version of an event that
 * both have. Log: the log alone. Files: the files, and what came to the log behind the cut of the
 * last committed run, over the row's window, that took the files for the truth.
 */
final class VerifyAction {
  private final VerifyRequest request;
  private final Session session;
  private final BatchSteps steps;

  private VerifyAction(VerifyRequest request, Session session) {
    this.request = request;
    this.session = session;
    this.steps = new BatchSteps(session, request.source(), request.files(), request.range());
  }

  /**
   * @throws TandemException when Kafka or the app cannot be reached, or the app does not come to
   *     the end of the log
   */
  static VerifyResult run(VerifyRequest request, Cluster cluster, Phases phases) {
    try (Session session = Session.open("verify", cluster, request.pipeline(), phases)) {
      return new VerifyAction(request, session).run();
    }
  }

  private VerifyResult run() {
    steps.refuseShortenedLog(Map.of());
    Map<Integer, Long> cut = session.offsets().committedEnds(session.topics().events());
    session.runs().refresh();
    Selection selection =
        Selection.of(request.source(), request.range(), session.partitions()).with(laterLog());
    try (Events events = steps.read(cut, false);
        Rows rows = steps.fold(events, selection, false)) {
      awaitApp(cut);
      LedgerCheck ledger = ledger();
      Map<Integer, Long> ends = session.offsets().ends(session.topics().aggregates());
      Set<Slice> differing = steps.differing(rows, ends);
      if (differing.isEmpty()) {
        List<RowSummary> none =
            Collections.nCopies(
                session.pipeline().definition().aggregates().size(), RowSummary.NONE);
        return result(rows.certificate(), none, Recheck.NONE, ledger);
      }
      try (Comparison comparison = steps.compare(rows, ends, differing)) {
        Certificate equal = rows.certificate().without(differing);
        if (comparison.count() == 0) {
          return result(equal, comparison.summaries(), Recheck.NONE, ledger);
        }
        sayWhatIsNotCounted();
        Recheck recheck = steps.recheck(comparison, selection, cut, ends, request.list());
        return result(equal, comparison.summaries(), recheck, ledger);
      }
    }
  }

  private LaterLog laterLog() {
    if (request.source() != Source.FILES) {
      return LaterLog.ALL;
    }
    List<LaterLog.Run> runs =
        session.runs().runs().values().stream()
            .filter(run -> run.isCommitted() && run.source().equals(Source.FILES.text()))
            .sorted(Comparator.comparingLong(Run::epoch).reversed())
            .map(run -> new LaterLog.Run(run.range().from(), run.range().to(), run.logFromOrCut()))
            .toList();
    return new LaterLog(runs, false);
  }

  private void awaitApp(Map<Integer, Long> cut) {
    long behind = steps.awaitApp(cut, request.patience());
    if (behind > 0) {
      throw TandemException.failed(
          BatchSteps.text(
              "the app is %,d records behind the log and got no further in %d s, so what it serves"
                  + " cannot be judged: start it (./tandem up -p %s) and rerun",
              behind, request.patience().toSeconds(), session.topics().pipeline()));
    }
  }

  /** The app's ledger, and the log counted again as far as the app has read it. */
  private LedgerCheck ledger() {
    try (TopicReader reader = new TopicReader(session.kafka())) {
      return LedgerCheck.read(reader, session.topics()).recount(reader, session.topics());
    }
  }

  private void sayWhatIsNotCounted() {
    try (Acknowledgements acknowledgements =
        new Acknowledgements(session.kafka(), session.topics(), session.partitions())) {
      acknowledgements.refresh();
      acknowledgements
          .notLive(session.pipeline().definition().aggregates(), Long.MAX_VALUE)
          .forEach(
              aggregate ->
                  session
                      .phases()
                      .line(
                          "  the app does not count %s as it is defined now: start it with this"
                              + " definition",
                          aggregate.name()));
    }
  }

  /**
   * @param equal rows that are right by their digests
   * @param compared the others, which were compared one by one
   */
  private VerifyResult result(
      Certificate equal, List<RowSummary> compared, Recheck recheck, LedgerCheck ledger) {
    List<VerifyResult.Aggregate> aggregates = new ArrayList<>();
    List<AggregateDefinition> definitions = session.pipeline().definition().aggregates();
    for (int i = 0; i < definitions.size(); i++) {
      aggregates.add(
          new VerifyResult.Aggregate(
              definitions.get(i).name(),
              equal.of(i).rows() + compared.get(i).counts().compared(),
              recheck.different().isEmpty() ? 0 : recheck.different().get(i),
              recheck.moving().isEmpty() ? 0 : recheck.moving().get(i)));
    }
    return new VerifyResult(aggregates, recheck.first(), ledger);
  }
}
