package dev.tandem.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.backfill.BackfillRequest.Undo;
import dev.tandem.backfill.engine.InputNames;
import dev.tandem.backfill.report.Source;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.RunInput;
import dev.tandem.core.row.RowJson;
import dev.tandem.core.time.TimeRange;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Undoes a run: recomputes its range from what was right before it, files and log, as new epochs.
 * Old values are never written back, so whatever has come to the log since counts as well.
 */
final class UndoAction {
  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(60);

  private final UndoRequest request;
  private final Session session;
  private final Consumer<BackfillResult> results;

  private UndoAction(UndoRequest request, Session session, Consumer<BackfillResult> results) {
    this.request = request;
    this.session = session;
    this.results = results;
  }

  /**
   * @param results told what came of each part, in order
   * @throws TandemException when it is refused, or a part fails; parts before it are committed, and
   *     the same undo again does the others
   */
  static void run(
      UndoRequest request, Cluster cluster, Phases phases, Consumer<BackfillResult> results) {
    try (Session session = Session.open("undo", cluster, request.pipeline(), phases)) {
      new UndoAction(request, session, results).run();
    }
  }

  private void run() {
    UndoPlan plan = UndoPlan.of(session.topics().pipeline(), request.run(), runs());
    announce(plan);
    checkFiles(plan);
    while (!plan.parts().isEmpty()) {
      session.phases().startOver();
      plan = request.dryRun() ? look(plan) : publish(plan);
    }
  }

  private UndoPlan look(UndoPlan plan) {
    results.accept(new DryRun(backfill(plan), session).run());
    return new UndoPlan(plan.run(), plan.newest(), plan.parts().subList(1, plan.parts().size()));
  }

  /** What was just committed covers its part; so does whatever else has committed meanwhile. */
  private UndoPlan publish(UndoPlan plan) {
    BackfillResult result = new PublishingRun(backfill(plan), session).run();
    results.accept(result);
    awaitVisible(result.epoch().orElseThrow());
    return UndoPlan.ofWhatIsLeft(plan.run(), runs());
  }

  /** A commit returns a moment before readers see it. */
  private void awaitVisible(long epoch) {
    boolean visible =
        Waiting.until(
            () ->
                runs().stream().anyMatch(r -> r.epoch() == epoch && r.isCommitted())
                    ? List.of()
                    : List.of("run " + epoch),
            VISIBLE_WITHIN,
            (missing, left) -> {});
    if (!visible) {
      throw TandemException.failed(
          "run %d is committed, but Kafka does not show it: undo run %d again for what is left"
              .formatted(epoch, request.run()));
    }
  }

  private Collection<Run> runs() {
    session.runs().refresh();
    return session.runs().runs().values();
  }

  private void announce(UndoPlan plan) {
    Phases phases = session.phases();
    int n = plan.parts().size();
    phases.line(
        "Undoing run %d in %d part%s",
        plan.run().epoch(), n, n == 1 ? "" : "s, each a run of its own");
    for (UndoPlan.Part part : plan.parts()) {
      phases.line(
          "  %s: %s",
          text(part.range()),
          part.before()
              .map(this::inputs)
              .orElse("from the log alone, as no run before it spoke of these rows"));
    }
  }

  private String inputs(Run before) {
    int n = before.files().size();
    return BatchSteps.text(
        "from what run %d was made of: source %s%s",
        before.epoch(),
        before.source(),
        n == 0 ? "" : BatchSteps.text(", %,d file%s", n, n == 1 ? "" : "s"));
  }

  private String text(TimeRange range) {
    RowJson json = new RowJson(session.pipeline().definition().zone());
    String from =
        range.from() == TimeRange.ALL.from() ? "the beginning" : json.window(range.from());
    return from + " to " + (range.to() == TimeRange.ALL.to() ? "the end" : json.window(range.to()));
  }

  /**
   * Before anything is written. A file may be large: it is read as a stream, one after the other.
   */
  private void checkFiles(UndoPlan plan) {
    Set<RunInput> checked = new LinkedHashSet<>();
    for (UndoPlan.Part part : plan.parts()) {
      part.before().ifPresent(before -> checkFiles(before, checked));
    }
  }

  private void checkFiles(Run before, Set<RunInput> checked) {
    if (before.inputs().size() < before.files().size()) {
      throw refusal(
          "run %d was recorded without the hashes of its files".formatted(before.epoch()),
          "backfill the range with these files");
    }
    for (RunInput input : before.inputs()) {
      if (checked.add(input)) {
        InputNames.changed(input)
            .ifPresent(
                wrong -> {
                  throw refusal(
                      "run %d read %s, %s".formatted(before.epoch(), input.file(), wrong),
                      "put the file back as it was, or backfill the range with files that are"
                          + " right");
                });
      }
    }
  }

  private TandemException refusal(String why, String remedy) {
    return TandemException.failed(
        "Cannot undo run %d: %s: %s".formatted(request.run(), why, remedy));
  }

  /** The first part. */
  private BackfillRequest backfill(UndoPlan plan) {
    Run undone = plan.run();
    UndoPlan.Part part = plan.parts().get(0);
    Source source = part.before().map(before -> Source.of(before.source())).orElse(Source.LOG);
    Map<Integer, Long> logFrom =
        source == Source.FILES ? part.before().map(Run::logFromOrCut).orElse(Map.of()) : Map.of();
    List<RunInput> inputs = part.before().map(Run::inputs).orElse(List.of());
    return new BackfillRequest(
        request.pipeline(),
        part.before().map(Run::files).orElse(List.of()),
        part.range(),
        source,
        request.dryRun(),
        request.full(),
        request.gate().beyond(changedBy(undone)),
        request.ackTimeout(),
        Optional.empty(),
        Optional.of(new Undo(undone.epoch(), plan.newest(), logFrom, inputs)));
  }

  /** Rows that the run corrected, added or removed: the undo may change as many. */
  private static long changedBy(Run undone) {
    JsonNode rows = undone.report().path("rows");
    return rows.path("corrected").asLong()
        + rows.path("added").asLong()
        + rows.path("removed").asLong();
  }
}
