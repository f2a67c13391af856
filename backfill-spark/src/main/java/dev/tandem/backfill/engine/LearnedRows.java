package dev.tandem.backfill.engine;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows of some aggregates that have a subject: no dimension, or one with a value.
 *
 * @param definitions ids of the aggregates
 * @param from windows that start from here on, see {@link TimeRange} ...
 * @param to ... and before this
 * @param inside whether it is these windows, or all others
 */
record LearnedRows(HashSet<Long> definitions, long from, long to, boolean inside)
    implements RowChoice {

  static LearnedRows of(Set<AggregateDefinition> aggregates, TimeRange range, boolean inside) {
    HashSet<Long> ids =
        aggregates.stream()
            .map(AggregateDefinition::id)
            .collect(Collectors.toCollection(HashSet::new));
    return new LearnedRows(ids, range.from(), range.to(), inside);
  }

  @Override
  public Predicate<RowKey> predicate() {
    TimeRange range = new TimeRange(from, to);
    return key ->
        definitions.contains(key.definitionId())
            && range.contains(key.windowStart()) == inside
            && hasSubject(key);
  }

  private static boolean hasSubject(RowKey key) {
    List<@Nullable Object> dimensions = key.dimensions();
    return dimensions.isEmpty() || dimensions.get(0) != null;
  }

  /** The value of a row's only dimension; empty where there is none. */
  static String subject(RowKey key) {
    List<@Nullable Object> dimensions = key.dimensions();
    return dimensions.isEmpty() ? "" : String.valueOf(dimensions.get(0));
  }
}
