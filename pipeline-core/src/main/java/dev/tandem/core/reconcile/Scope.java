package dev.tandem.core.reconcile;

import dev.tandem.core.time.TimeRange;
import java.util.Set;

/**
 * The rows that a backfill speaks of: those of its definitions whose window starts in its range.
 *
 * @param definitions ids
 */
public record Scope(TimeRange range, Set<Long> definitions) {
  public Scope {
    definitions = Set.copyOf(definitions);
  }

  public boolean contains(long definition, long window) {
    return range.contains(window) && definitions.contains(definition);
  }
}
