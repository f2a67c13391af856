package dev.tandem.core.decision;

import dev.tandem.core.definition.AggregateDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was learned from history under one version: for an aggregate, a subject and an hour of the
 * week (0 from midnight on Monday, by the zone's clocks) how many events are normal; and where
 * subjects are. Immutable.
 */
public final class Baseline {
  private final String version;
  private final Map<Long, Map<String, WeekProfile>> profiles;
  private final Map<Long, double[]> totals = new HashMap<>();
  private final Map<String, Place> places;

  /**
   * @param profiles by definition id and subject
   */
  public Baseline(
      String version, Map<Long, Map<String, WeekProfile>> profiles, Map<String, Place> places) {
    this.version = version;
    this.profiles = Map.copyOf(profiles);
    this.places = Map.copyOf(places);
    profiles.forEach((id, bySubject) -> totals.put(id, total(bySubject)));
  }

  /** Summed in one order, so that the sums of doubles are always the same. */
  private static double[] total(Map<String, WeekProfile> bySubject) {
    double[] total = new double[Hours.OF_WEEK];
    for (WeekProfile profile : new TreeMap<>(bySubject).values()) {
      for (int i = 0; i < total.length; i++) {
        total[i] += profile.at(i).expected();
      }
    }
    return total;
  }

  public String version() {
    return version;
  }

  /** Empty where the subject was not there when it was learned, or the definition was another. */
  public Optional<Normal> normal(AggregateDefinition aggregate, String subject, int hourOfWeek) {
    return Optional.ofNullable(of(aggregate).get(subject)).map(p -> p.at(hourOfWeek));
  }

  Map<String, WeekProfile> of(AggregateDefinition aggregate) {
    return profiles.getOrDefault(aggregate.id(), Map.of());
  }

  /** Events that are expected of all its subjects together. */
  double total(AggregateDefinition aggregate, int hourOfWeek) {
    double[] total = totals.get(aggregate.id());
    return total == null ? 0 : total[hourOfWeek];
  }

  /** The subjects that it knows of an aggregate. */
  public Set<String> subjects(AggregateDefinition aggregate) {
    return of(aggregate).keySet();
  }

  public Optional<Place> place(String subject) {
    return Optional.ofNullable(places.get(subject));
  }
}
