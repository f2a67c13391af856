package dev.tandem.backfill.engine;

import dev.tandem.core.decision.LearnedRange;
import dev.tandem.core.decision.Place;
import dev.tandem.core.decision.WeekProfile;
import dev.tandem.core.definition.AggregateDefinition;
import java.util.Map;

/**
 * What was learned from rows.
 *
 * @param range of the rows
 * @param profiles by aggregate and subject
 * @param places where subjects are, those that the pipeline's map knows
 * @param leftOut subjects that are not learned because too many others have more events
 */
public record NewBaseline(
    LearnedRange range,
    Map<AggregateDefinition, Map<String, WeekProfile>> profiles,
    Map<String, Place> places,
    long leftOut) {

  /** Subjects of all aggregates together. */
  public long subjects() {
    return profiles.values().stream().mapToLong(Map::size).sum();
  }
}
