package dev.tandem.backfill;

import dev.tandem.backfill.engine.ArchivedLog;
import dev.tandem.backfill.engine.Comparison;
import dev.tandem.backfill.engine.Events;
import dev.tandem.backfill.engine.PlannedClaims;
import dev.tandem.backfill.engine.Recheck;
import dev.tandem.backfill.engine.Rows;
import dev.tandem.backfill.engine.Selection;
import dev.tandem.backfill.report.CutLedger;
import dev.tandem.backfill.report.Report;
import dev.tandem.backfill.report.RowCounts;
import dev.tandem.backfill.report.RowSummary;
import dev.tandem.backfill.report.Slice;
import dev.tandem.backfill.report.Source;
import dev.tandem.core.TandemException;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.reconcile.ClaimPlanner;
import dev.tandem.core.reconcile.Scope;
import dev.tandem.core.time.TimeRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The steps that every batch takes, with what they tell a person. */
final class BatchSteps {
  private final Session session;
  private final Source source;
  private final List<String> files;
  private final TimeRange range;

  BatchSteps(Session session, Source source, List<String> files, TimeRange range) {
    this.session = session;
    this.source = source;
    this.files = source.usesFiles() ? files : List.of();
    this.range = range;
  }

  /**
   * @param logFrom by partition, where the log begins to count beside the files, with the source
   *     files; else empty
   * @throws TandemException failed, when the log has lost records that this source needs
   */
  void refuseShortenedLog(Map<Integer, Long> logFrom) {
    if (!source.usesLog() && logFrom.isEmpty()) {
      return;
    }
    String log = session.topics().events();
    session
        .offsets()
        .beginnings(log)
        .forEach(
            (partition, begin) -> {
              long archived = session.archive().to().getOrDefault(partition, 0L);
              if (begin > Math.max(archived, logFrom.getOrDefault(partition, 0L))) {
                throw TandemException.failed(
                    "%s no longer has the first %,d records of partition %d: name an --archive that has them, or give files that are complete for the range, with --source files"
                        .formatted(log, begin, partition));
              }
            });
  }

  /**
   * Reads the files and the log before {@code end}.
   *
   * @param withClaims whether to read claims as well
   */
  Events read(Map<Integer, Long> end, boolean withClaims) {
    String what =
        files.isEmpty()
            ? "Reading the log"
            : "Reading %,d file%s and the log"
                .formatted(files.size(), files.size() == 1 ? "" : "s");
    Map<Integer, Long> claims =
        withClaims ? session.offsets().ends(session.topics().claims()) : Map.of();
    return session
        .phases()
        .run(
            "read",
            what,
            session.engine()::progress,
            () ->
                session
                    .engine()
                    .read(
                        files,
                        session.archive(),
                        session.offsets().beginnings(session.topics().events()),
                        end,
                        claims),
            e ->
                text(
                    "%,d rows of files, %,d of them rejected; %,d events of the log; %,d event ids",
                    e.fileCounts().read(),
                    e.fileCounts().rejectedTotal(),
                    e.logCounts().events(),
                    e.ids()));
  }

  PlannedClaims planClaims(Events events, long epoch, Map<Long, Run> runs) {
    Map<Long, Scope> committed = new HashMap<>();
    runs.values().stream()
        .filter(Run::isCommitted)
        .forEach(run -> committed.put(run.epoch(), run.scope()));
    ClaimPlanner planner = new ClaimPlanner(epoch, scope(), committed);
    return session
        .phases()
        .run(
            "claim",
            "Looking for events that only the files have",
            session.engine()::progress,
            () -> events.claims(planner),
            c -> text("%,d to claim, %,d to release", c.claimed(), c.released()));
  }

  private Scope scope() {
    return new Scope(
        range,
        session.pipeline().definition().aggregates().stream()
            .map(AggregateDefinition::id)
            .collect(Collectors.toSet()));
  }

  Rows fold(Events events, Selection selection, boolean keep) {
    return session
        .phases()
        .run(
            "fold",
            "Folding events into rows",
            session.engine()::progress,
            () -> events.fold(selection, keep),
            rows ->
                text(
                    "%,d of %,d events counted, %,d rows touched",
                    rows.counts().counted(), rows.counts().events(), rows.touched()));
  }

  /** Slices whose rows are not served as they should be, found by digest alone. */
  Set<Slice> differing(Rows rows, Map<Integer, Long> ends) {
    return session
        .phases()
        .run(
            "digest",
            "Comparing digests with what is served",
            session.engine()::progress,
            () -> rows.certificate().differing(rows.served(ends)),
            differing ->
                differing.isEmpty()
                    ? text("all %,d are equal", rows.certificate().digests().size())
                    : text(
                        "%,d differ, of %,d",
                        differing.size(), rows.certificate().digests().size()));
  }

  /** The rows of some slices with what is served now. */
  Comparison compare(Rows rows, Map<Integer, Long> ends, Set<Slice> slices) {
    return compare(() -> rows.compare(ends, slices));
  }

  Comparison compare(Rows rows, Map<Integer, Long> ends, long barrier, boolean all) {
    return compare(() -> rows.compare(ends, barrier, all));
  }

  private Comparison compare(Supplier<Comparison> work) {
    return session
        .phases()
        .run(
            "compare",
            "Comparing rows with what is served",
            session.engine()::progress,
            work,
            c -> {
              RowCounts counts =
                  c.summaries().stream()
                      .map(RowSummary::counts)
                      .reduce(RowCounts.NONE, RowCounts::plus);
              return text("%,d rows, %,d differ", counts.compared(), counts.different());
            });
  }

  /**
   * Waits until the app has published what comes of the log before {@code end}.
   *
   * @param patience gives up when the app gets no further for so long
   * @return records it is behind, 0 when it has come there
   */
  long awaitApp(Map<Integer, Long> end, Duration patience) {
    return session
        .phases()
        .run(
            "wait",
            "Waiting until the app has counted the log so far",
            Optional::empty,
            () -> session.appProgress().await(end, patience, session.cluster().flushInterval()),
            behind ->
                behind == 0
                    ? "it has"
                    : text("it is %,d records behind and gets no further: is it up?", behind));
  }

  /**
   * Looks again at rows that differ, behind another flush interval.
   *
   * @param selection what was counted
   * @param cut by partition, the end of the log that was counted
   * @param ends by partition of the aggregates, where the comparison ended
   * @param most how many rows that are different to name
   */
  Recheck recheck(
      Comparison comparison,
      Selection selection,
      Map<Integer, Long> cut,
      Map<Integer, Long> ends,
      int most) {
    return session
        .phases()
        .run(
            "recheck",
            "Looking again at the rows that differ",
            session.engine()::progress,
            () -> {
              Waiting.pause(session.cluster().flushInterval().plusMillis(500));
              Map<Integer, Long> now = session.offsets().ends(session.topics().aggregates());
              Map<Integer, Long> log = session.offsets().committedEnds(session.topics().events());
              try (Events events =
                      session.engine().read(List.of(), ArchivedLog.NONE, cut, log, Map.of());
                  Rows later = events.fold(selection.ofLog(), true)) {
                return comparison.recheck(ends, now, later, most);
              }
            },
            r -> text("%,d differ, %,d are moving", r.totalDifferent(), r.totalMoving()));
  }

  Report report(
      BackfillRequest request,
      boolean acknowledged,
      long published,
      Events events,
      Rows rows,
      PlannedClaims claims,
      Comparison comparison,
      Optional<CutLedger> ledger) {
    return new Report(
        request.dryRun(),
        request.undo().map(undo -> OptionalLong.of(undo.run())).orElse(OptionalLong.empty()),
        source,
        acknowledged,
        published,
        events.fileCounts(),
        events.logCounts(),
        rows.counts().events(),
        rows.counts().counted(),
        rows.counts().causes(),
        claims.claimed(),
        claims.released(),
        comparison.summaries(),
        range,
        rows.certificate(),
        ledger,
        session.phases().seconds());
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
