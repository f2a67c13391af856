package dev.tandem.streams.query;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.reconcile.CommittedEpochs;
import dev.tandem.core.reconcile.Partial;
import dev.tandem.core.time.TimeRange;
import dev.tandem.core.time.TimeRanges;
import java.util.Collection;
import java.util.Map;

/**
 * Whether an answer holds all events that exist: the definition was counted from the start of the
 * log, or committed backfills have filled in what was before.
 */
public final class Completeness {
  private Completeness() {}

  /**
   * Whether a partition holds, of a definition and range, all events that exist.
   *
   * @param live by definition id (16 hexadecimal digits), since which generation it is counted
   * @param committed epochs whose corrections are in
   * @param runs on record
   */
  public static boolean isFilled(
      AggregateDefinition aggregate,
      TimeRange range,
      Map<String, Long> live,
      CommittedEpochs committed,
      Collection<Run> runs) {
    String definition = aggregate.hexId();
    if (!live.containsKey(definition)) {
      return false;
    }
    long since = live.getOrDefault(definition, Long.MAX_VALUE);
    if (since == Partial.Progress.FROM_THE_START) {
      return true;
    }
    TimeRanges filled = TimeRanges.NONE;
    for (Run run : runs) {
      if (run.isCommitted()
          && run.epoch() > since
          && run.definitions().containsValue(definition)
          && committed.contains(run.epoch())) {
        filled = filled.plus(run.range());
      }
    }
    return filled.covers(range);
  }
}
