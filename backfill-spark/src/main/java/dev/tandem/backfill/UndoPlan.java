package dev.tandem.backfill;

import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.time.TimeRange;
import dev.tandem.core.time.TimeRanges;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What it takes to undo a run: the parts of its range in which no later run has spoken, each with
 * the run that it replaced there.
 *
 * @param run the run to undo
 * @param newest epoch of the newest run that the plan knows of
 * @param parts disjoint, in order of time
 */
record UndoPlan(Run run, long newest, List<Part> parts) {
  UndoPlan {
    parts = List.copyOf(parts);
  }

  /**
   * Rows to compute anew.
   *
   * @param before the newest run before the undone one that covers the range; empty: there was
   *     none, and the log alone says what is right
   */
  record Part(TimeRange range, Optional<Run> before) {}

  /**
   * @param pipeline its name, for messages
   * @param epoch of the run to undo
   * @param runs all that are on record
   * @throws TandemException wrong use when there is no such run; failed when it did not commit, or
   *     when later runs have recomputed all of its range
   */
  static UndoPlan of(String pipeline, long epoch, Collection<Run> runs) {
    Run run =
        runs.stream()
            .filter(r -> r.epoch() == epoch)
            .findFirst()
            .orElseThrow(
                () ->
                    TandemException.wrongUse(
                        "Cannot undo run %d: %s has none of that number, see ./tandem status -p %s"
                            .formatted(epoch, pipeline, pipeline)));
    if (!run.isCommitted()) {
      throw TandemException.failed(
          "Cannot undo run %d: it did not commit, so nothing of it is served".formatted(epoch));
    }
    UndoPlan plan = ofWhatIsLeft(run, runs);
    if (plan.parts.isEmpty()) {
      throw TandemException.failed(superseded(run, runs));
    }
    return plan;
  }

  /** The same of a run that did commit; without parts when later runs cover the whole range. */
  static UndoPlan ofWhatIsLeft(Run run, Collection<Run> runs) {
    long newest = runs.stream().mapToLong(Run::epoch).max().orElse(run.epoch());
    return new UndoPlan(run, newest, parts(run, runs));
  }

  private static List<Part> parts(Run run, Collection<Run> runs) {
    TimeRanges left = TimeRanges.NONE.plus(run.range());
    for (Run later : later(run, runs)) {
      left = left.minus(later.range());
    }
    List<Run> earlier =
        runs.stream()
            .filter(r -> r.isCommitted() && r.epoch() < run.epoch())
            .sorted(Comparator.comparingLong(Run::epoch).reversed())
            .toList();
    List<Part> parts = new ArrayList<>();
    for (Run before : earlier) {
      for (TimeRange range : left.ranges()) {
        if (range.intersects(before.range())) {
          parts.add(new Part(range.and(before.range()), Optional.of(before)));
        }
      }
      left = left.minus(before.range());
    }
    left.ranges().forEach(range -> parts.add(new Part(range, Optional.empty())));
    parts.sort(Comparator.comparingLong(part -> part.range().from()));
    return parts;
  }

  private static List<Run> later(Run run, Collection<Run> runs) {
    return runs.stream()
        .filter(
            r -> r.isCommitted() && r.epoch() > run.epoch() && r.range().intersects(run.range()))
        .sorted(Comparator.comparingLong(Run::epoch).reversed())
        .toList();
  }

  private static String superseded(Run run, Collection<Run> runs) {
    List<Run> later = later(run, runs);
    String start = "Cannot undo run " + run.epoch() + ": ";
    if (later.stream().allMatch(r -> r.undoes() != null && r.undoes() == run.epoch())) {
      return start + "it is undone already, by run " + later.get(0).epoch();
    }
    return later.size() == 1
        ? start
            + "run %d recomputed this range later: undo %d"
                .formatted(later.get(0).epoch(), later.get(0).epoch())
        : start
            + "runs %s recomputed this range later: undo those, the newest first"
                .formatted(
                    later.stream()
                        .map(r -> Long.toString(r.epoch()))
                        .collect(Collectors.joining(", ")));
  }
}
