package dev.tandem.streams.query;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.reconcile.Partial;
import dev.tandem.core.time.TimeRange;
import dev.tandem.core.time.TimeRanges;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whether an answer holds all events that exist: every partition is asked, and the definition was
 * counted there from the start of the log, or committed backfills have filled in what was before.
 */
public final class Completeness {
  private Completeness() {}

  /**
   * @param partitions those that can be asked
   * @param count of all partitions
   * @param runs on record
   */
  public static boolean of(
      AggregateDefinition aggregate,
      TimeRange range,
      List<AskablePartition> partitions,
      int count,
      Collection<Run> runs) {
    return partitions.size() == count
        && partitions.stream().allMatch(p -> isFilled(aggregate.hexId(), range, p, runs));
  }

  private static boolean isFilled(
      String definition, TimeRange range, AskablePartition partition, Collection<Run> runs) {
    Map<String, Long> live = partition.live();
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
          && partition.committed().contains(run.epoch())) {
        filled = filled.plus(run.range());
      }
    }
    return filled.covers(range);
  }
}
