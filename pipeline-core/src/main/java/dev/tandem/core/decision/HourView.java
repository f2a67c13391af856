package dev.tandem.core.decision;

import dev.tandem.core.definition.AggregateDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An hour that is decided, the hours before it, and what is normal in them. */
final class HourView {
  private final long hour;
  private final NavigableMap<Long, HourCounts> history;
  private final Hours hours;
  private final Optional<Baseline> baseline;
  private final Levels levels;
  private final long known;

  /**
   * @param history counts by hour, those decided before included
   * @param known how many hours up to this one have been decided at all
   */
  HourView(
      long hour,
      NavigableMap<Long, HourCounts> history,
      Hours hours,
      Optional<Baseline> baseline,
      Levels levels,
      long known) {
    this.hour = hour;
    this.history = history;
    this.hours = hours;
    this.baseline = baseline;
    this.levels = levels;
    this.known = known;
  }

  long hour() {
    return hour;
  }

  HourCounts now() {
    return history.getOrDefault(hour, HourCounts.NOTHING);
  }

  Optional<Baseline> baseline() {
    return baseline;
  }

  /** How many of {@code wanted} hours before this one have been decided. */
  int knownBefore(int wanted) {
    return (int) Math.min(wanted, known);
  }

  private NavigableMap<Long, HourCounts> last(int count, boolean withThisOne) {
    long first = hour - (withThisOne ? count - 1L : count) * Hours.LENGTH;
    return history.subMap(first, true, hour, withThisOne);
  }

  /** Events of the last hours, this one included. */
  long sum(AggregateDefinition aggregate, int count, String subject) {
    return sum(last(count, true), aggregate, subject);
  }

  /** Events of as many hours before this one. */
  long sumBefore(AggregateDefinition aggregate, int count, String subject) {
    return sum(last(count, false), aggregate, subject);
  }

  private static long sum(
      NavigableMap<Long, HourCounts> hours, AggregateDefinition aggregate, String subject) {
    long sum = 0;
    for (HourCounts counts : hours.values()) {
      sum += counts.count(aggregate.id(), subject);
    }
    return sum;
  }

  /** Subjects that had an event in the last hours, sorted. */
  Set<String> subjects(AggregateDefinition aggregate, int count) {
    Set<String> subjects = new TreeSet<>();
    last(count, true).values().forEach(c -> subjects.addAll(c.subjects(aggregate.id())));
    return subjects;
  }

  /** What is normal in the last hours together, this one included; empty for unknown subjects. */
  Optional<Normal> normal(AggregateDefinition aggregate, int count, String subject) {
    Optional<WeekProfile> profile = baseline.map(b -> b.of(aggregate).get(subject));
    return profile.map(
        p -> {
          Normal sum = Normal.NOTHING;
          for (int i = 0; i < count; i++) {
            sum = sum.plus(p.at(hours.ofWeek(hour - i * Hours.LENGTH)));
          }
          return sum.at(levels.of(aggregate));
        });
  }

  /** The rows of a subject that the last hours' events are in. */
  List<Alert.Row> rows(AggregateDefinition aggregate, int count, String subject) {
    List<Alert.Row> rows = new ArrayList<>();
    last(count, true)
        .forEach(
            (window, counts) -> {
              if (counts.count(aggregate.id(), subject) > 0) {
                rows.add(new Alert.Row(aggregate, window, subject));
              }
            });
    return rows;
  }
}
