package dev.tandem.backfill;

import dev.tandem.backfill.engine.Comparison;
import dev.tandem.backfill.engine.Events;
import dev.tandem.backfill.engine.Lake;
import dev.tandem.backfill.engine.PlannedClaims;
import dev.tandem.backfill.engine.Rows;
import dev.tandem.backfill.report.CutLedger;
import dev.tandem.backfill.report.EventCounts;
import dev.tandem.backfill.report.Report;
import dev.tandem.backfill.report.ReportJson;
import dev.tandem.core.TandemException;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.fault.FailPoint;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.RunInput;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.Ledger;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A backfill that publishes: claims, the cut, batch, compare, publish. Each write is a transaction
 * of its own. Until the last one nothing of the run is visible to anyone; whatever fails before it
 * leaves an epoch without end markers, which is never used again.
 */
final class PublishingRun {

  private final BackfillRequest request;
  private final PipelineDefinition pipeline;
  private final Session session;
  private final Topics topics;
  private final Phases phases;
  private final BatchSteps steps;

  PublishingRun(BackfillRequest request, Session session) {
    this.request = request;
    this.pipeline = request.pipeline().definition();
    this.session = session;
    this.topics = session.topics();
    this.phases = session.phases();
    this.steps = new BatchSteps(session, request.source(), request.files(), request.range());
  }

  BackfillResult run() {
    steps.refuseShortenedLog(request.logFrom());
    awaitDefinitions();
    try (RunWriter writer = new RunWriter(session.kafka(), topics, session.partitions())) {
      session.runs().refresh();
      Map<Long, Run> earlier = Map.copyOf(session.runs().runs());
      refuseLostRuns(earlier);
      refuseOtherPlan(earlier.values());
      long epoch = earlier.keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
      Run[] run = {started(epoch)};
      writer.save(run[0]);
      FailPoint.BACKFILL_STARTED.reached();
      phases.line("Run %d of %s", epoch, pipeline.name());
      try {
        return run(writer, run, earlier);
      } catch (RuntimeException e) {
        recordFailure(writer, run[0], e);
        throw e;
      }
    }
  }

  /** An epoch that the app knows and the runs do not would be drawn once more. */
  private void refuseLostRuns(Map<Long, Run> runs) {
    try (Acknowledgements acknowledgements =
        new Acknowledgements(session.kafka(), topics, session.partitions())) {
      acknowledgements.refresh();
      long newest = acknowledgements.newestEpoch();
      if (newest > 0 && !runs.containsKey(newest)) {
        throw TandemException.failed(
            "%s has lost run %d, which the app has taken part in: ./tandem up -p %s --start-over, then rerun with --full"
                .formatted(topics.runs(), newest, topics.pipeline()));
      }
    }
  }

  /** An undo was planned for the runs that were there. */
  private void refuseOtherPlan(Collection<Run> runs) {
    request
        .undo()
        .ifPresent(
            undo ->
                runs.stream()
                    .filter(
                        run ->
                            run.isCommitted()
                                && run.epoch() > undo.newest()
                                && run.range().intersects(request.range()))
                    .findAny()
                    .ifPresent(
                        run -> {
                          throw TandemException.failed(
                              "run %d came between and recomputed rows of run %d: look at it, then undo again"
                                  .formatted(run.epoch(), undo.run()));
                        }));
  }

  /** An app that has just been started says within moments what it counts. */
  private void awaitDefinitions() {
    try (Acknowledgements acknowledgements =
        new Acknowledgements(session.kafka(), topics, session.partitions())) {
      acknowledgements.refresh();
      if (acknowledgements.notLive(pipeline.aggregates(), Long.MAX_VALUE).isEmpty()) {
        return;
      }
      phases.run(
          "definitions",
          "Waiting until the app counts every aggregate of this definition",
          Optional::empty,
          () ->
              Waiting.until(
                  () -> {
                    acknowledgements.refresh();
                    return acknowledgements.notLive(pipeline.aggregates(), Long.MAX_VALUE).stream()
                        .map(AggregateDefinition::name)
                        .toList();
                  },
                  request.ackTimeout(),
                  this::sayMissing),
          yes -> yes ? "it does" : "it does not");
      acknowledgements.requireLive(pipeline.aggregates(), Long.MAX_VALUE);
    }
  }

  private void sayMissing(List<String> missing, Duration left) {
    phases.line("  ... not yet: %s (%d s left; is the app up?)", missing, left.toSeconds());
  }

  private Run started(long epoch) {
    Map<String, String> definitions = new LinkedHashMap<>();
    pipeline.aggregates().forEach(a -> definitions.put(a.name(), a.hexId()));
    Run run =
        Run.started(
            epoch,
            request.range(),
            pipeline.zone(),
            request.source().text(),
            definitions,
            request.files());
    return request.undo().map(undo -> run.undoing(undo.run(), undo.logFrom())).orElse(run);
  }

  private static void recordFailure(RunWriter writer, Run run, RuntimeException failure) {
    if (writer.isFenced() || run.isCommitted()) {
      return;
    }
    // Spark's messages go on with where it was started and stopped.
    String why = String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("");
    try {
      writer.save(run.failed(why));
    } catch (RuntimeException alsoSaving) {
      failure.addSuppressed(alsoSaving);
    }
  }

  /**
   * @param run the run as it is on record, kept up to date
   */
  private BackfillResult run(RunWriter writer, Run[] run, Map<Long, Run> earlier) {
    long epoch = run[0].epoch();
    Map<Integer, Long> firstEnd = session.offsets().committedEnds(topics.events());
    Events first = steps.read(firstEnd, true);
    FailPoint.BACKFILL_READ.reached();
    refuseOtherFiles(first.inputs());
    run[0] = run[0].withInputs(first.inputs());
    try (PlannedClaims claims = steps.planClaims(first, epoch, earlier)) {
      writeClaims(writer, claims, epoch);
      FailPoint.BACKFILL_CLAIMS_COMPLETE.reached();
      run[0] = run[0].withCut(writer.writeBarriers(epoch));
      FailPoint.BACKFILL_BARRIERS_WRITTEN.reached();
      writer.save(run[0]);
      FailPoint.BACKFILL_CUT_SAVED.reached();
      Map<Integer, Long> cut = run[0].cut();
      try (Events events = readToCut(first, firstEnd, cut);
          Rows rows = steps.fold(events, request.selection(session.partitions()), true)) {
        FailPoint.BACKFILL_FOLDED.reached();
        Cut acknowledged = awaitAcknowledgement(epoch, committed(earlier));
        FailPoint.BACKFILL_ACKNOWLEDGED.reached();
        BackfillResult result = publish(writer, run, acknowledged, events, rows, claims);
        return result.with(new BaselineStep(session, writer).learn(run[0], rows));
      }
    }
  }

  /** An undo has checked its files before; that nothing happened to them since is certain here. */
  private void refuseOtherFiles(List<RunInput> read) {
    if (request.undo().isPresent() && !read.equals(request.undo().get().inputs())) {
      throw TandemException.failed("the files changed while they were read: rerun");
    }
  }

  private static Set<Long> committed(Map<Long, Run> runs) {
    return runs.values().stream()
        .filter(Run::isCommitted)
        .map(Run::epoch)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void writeClaims(RunWriter writer, PlannedClaims claims, long epoch) {
    phases.run(
        "write claims",
        "Writing claims",
        Optional::empty,
        () -> {
          ClaimWriter out = new ClaimWriter(writer, topics.claims(), session.partitions());
          claims.forEach(out::add);
          out.end(epoch);
          return claims.claimed() + claims.released();
        },
        n -> BatchSteps.text("%,d written", n));
  }

  private Events readToCut(Events first, Map<Integer, Long> from, Map<Integer, Long> cut) {
    return phases.run(
        "read to cut",
        "Reading the log up to the cut",
        session.engine()::progress,
        () -> {
          Events all = first.plusLog(from, cut);
          FailPoint.BACKFILL_READ_TO_CUT.reached();
          return all;
        },
        e ->
            BatchSteps.text(
                "%,d more events", e.logCounts().events() - first.logCounts().events()));
  }

  /**
   * What the app says of the cut.
   *
   * @param ledgers by partition of the log; empty when it does not say
   */
  private record Cut(boolean acknowledged, Map<Integer, Ledger> ledgers) {
    Optional<CutLedger> ledger(EventCounts log) {
      return ledgers.isEmpty() ? Optional.empty() : Optional.of(new CutLedger(ledgers, log.read()));
    }
  }

  private Cut awaitAcknowledgement(long epoch, Set<Long> committed) {
    try (Acknowledgements acknowledgements =
        new Acknowledgements(session.kafka(), topics, session.partitions())) {
      boolean acknowledged =
          phases.run(
              "acknowledge",
              "Waiting until the app has counted everything before the cut",
              Optional::empty,
              () ->
                  Waiting.until(
                      () -> {
                        acknowledgements.refresh();
                        return acknowledgements.missing(epoch, committed);
                      },
                      request.ackTimeout(),
                      this::sayMissing),
              yes -> yes ? "acknowledged" : "no answer in time: every row in range is published");
      acknowledgements.requireLive(pipeline.aggregates(), epoch);
      return new Cut(acknowledged, acknowledged ? acknowledgements.ledgers(epoch) : Map.of());
    }
  }

  private BackfillResult publish(
      RunWriter writer, Run[] run, Cut cut, Events events, Rows rows, PlannedClaims claims) {
    long epoch = run[0].epoch();
    boolean all = request.full() || !cut.acknowledged();
    Rows candidates = all ? rows.plusCorrected(session.offsets().ends(topics.corrections())) : rows;
    Map<Integer, Long> ends = session.offsets().ends(topics.aggregates());
    try (Comparison comparison = steps.compare(candidates, ends, epoch, all)) {
      FailPoint.BACKFILL_COMPARED.reached();
      Report report =
          steps.report(
              request,
              cut.acknowledged(),
              comparison.count(),
              events,
              rows,
              claims,
              comparison,
              cut.ledger(events.logCounts()));
      request.gate().check("run " + epoch, report.total());
      ReportJson json = new ReportJson(pipeline);
      Run committed = run[0].committed(json.toJson(report));
      phases.run(
          "publish",
          "Publishing",
          Optional::empty,
          () -> {
            CorrectionWriter corrections =
                new CorrectionWriter(writer, pipeline, epoch, session.partitions());
            writer.transaction(
                () -> {
                  comparison.forEach(corrections::send);
                  writer.sendEndMarkers(topics.corrections(), epoch);
                  writer.send(committed);
                  FailPoint.BACKFILL_COMMITTING.reached();
                });
            FailPoint.BACKFILL_COMMITTED.reached();
            return comparison.count();
          },
          n -> BatchSteps.text("%,d rows published, run %d is committed", n, epoch));
      run[0] = committed;
      request.lake().ifPresent(lake -> write(rows, lake));
      return new BackfillResult(
          OptionalLong.of(epoch), true, report, committed.report(), Optional.empty());
    }
  }

  /** After the commit: a lake that cannot be written leaves a run that stands. */
  private void write(Rows rows, Lake lake) {
    phases.run(
        "lake",
        "Writing the rows as Parquet",
        session.engine()::progress,
        () -> {
          rows.write(lake);
          return lake;
        },
        done -> "in " + done);
  }
}
