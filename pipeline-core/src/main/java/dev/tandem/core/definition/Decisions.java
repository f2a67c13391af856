package dev.tandem.core.definition;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a pipeline decides on its stream.
 *
 * @param lateness how far event time must be past the end of an hour before the hour is decided;
 *     events that come later still count in their rows, not in decisions
 */
public record Decisions(Duration lateness, List<Decision> all) {
  static final Duration DEFAULT_LATENESS = Duration.ofHours(1);

  static final Decisions NONE = new Decisions(DEFAULT_LATENESS, List.of());

  public Decisions {
    if (lateness.isNegative()) {
      throw new IllegalArgumentException("lateness " + lateness);
    }
    all = List.copyOf(all);
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** In the order in which they are declared. */
  public List<String> names() {
    return all.stream().map(Decision::name).toList();
  }

  public Optional<Decision> find(String name) {
    return all.stream().filter(d -> d.name().equals(name)).findFirst();
  }

  /** The aggregates whose hourly counts are looked at, in order of first use. */
  public Set<AggregateDefinition> aggregates() {
    Set<AggregateDefinition> used = new LinkedHashSet<>();
    all.forEach(decision -> used.addAll(decision.aggregates()));
    return used;
  }

  /** Those of them that baselines are learned of. */
  public Set<AggregateDefinition> learned() {
    Set<AggregateDefinition> learned = new LinkedHashSet<>();
    all.forEach(decision -> learned.addAll(decision.learned()));
    return learned;
  }
}
