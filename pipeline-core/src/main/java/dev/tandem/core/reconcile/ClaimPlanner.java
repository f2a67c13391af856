package dev.tandem.core.reconcile;

import dev.tandem.core.time.TimeRanges;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides what a backfill says of an event id: an event that its files have and the log does not
 * would be counted a second time if it reached the log later, so it is claimed; one claimed before
 * that is in neither any more is released.
 *
 * @param epoch of the backfill
 * @param scope of the backfill
 * @param committed scopes of the committed epochs
 */
public record ClaimPlanner(long epoch, Scope scope, Map<Long, Scope> committed) {
  public ClaimPlanner {
    committed = Map.copyOf(committed);
  }

  /**
   * @param written what is on record for the id; entries of epochs that were never committed do not
   *     count and are dropped
   * @param inFiles whether the files of this backfill have it
   * @param inLog whether the log has it as a valid event
   * @return the new record, or empty when nothing is to be said
   */
  public Optional<Claims> plan(Claims written, boolean inFiles, boolean inLog) {
    if (inLog) {
      return Optional.empty();
    }
    Claims valid = written.filter(e -> committed.containsKey(e.epoch()));
    List<TimeRanges> covered = scope.definitions().stream().map(d -> covered(valid, d)).toList();
    if (inFiles && !covered.stream().allMatch(c -> c.covers(scope.range()))) {
      return Optional.of(valid.plus(new ClaimEntry(epoch, true)));
    }
    if (!inFiles && covered.stream().anyMatch(c -> c.intersects(scope.range()))) {
      return Optional.of(valid.plus(new ClaimEntry(epoch, false)));
    }
    return Optional.empty();
  }

  /** Where committed batches have counted the event in rows of a definition. */
  private TimeRanges covered(Claims claims, long definition) {
    TimeRanges covered = TimeRanges.NONE;
    for (ClaimEntry e : claims.entries()) {
      Scope said = Objects.requireNonNull(committed.get(e.epoch()));
      if (said.definitions().contains(definition)) {
        covered = e.claim() ? covered.plus(said.range()) : covered.minus(said.range());
      }
    }
    return covered;
  }
}
