package dev.tandem.streams.topology;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Which stretches of time have rows in a task's partition, and with which commit each last changed:
 * so that who has read a stretch knows whether he must read it again. A stretch is a fixed number
 * of milliseconds, a power of two that spans some 30 to 1,100 windows, so that no calendar is asked
 * and no row is in two. Written by the task's thread, read by any.
 */
public final class Segments {
  /** More stretches than this are not told apart: times of events are wild then. */
  private static final int MOST = 200_000;

  private static final long NO_NUMBER = Long.MIN_VALUE;

  private final List<Definition> definitions = new ArrayList<>();
  private int count;
  private volatile boolean tooMany;

  /** The stretches of one definition. */
  private static final class Definition {
    final long id;
    final int shift;
    final ConcurrentSkipListMap<Long, Long> changed = new ConcurrentSkipListMap<>();
    final Set<Long> touched = new HashSet<>();
    long last = NO_NUMBER;

    Definition(AggregateDefinition aggregate) {
      this.id = aggregate.id();
      this.shift = shift(aggregate.window());
    }
  }

  /**
   * A stretch that has rows, or had.
   *
   * @param range of its windows
   * @param changed number of the commit that changed it last
   */
  public record Stretch(long number, TimeRange range, long changed) {}

  Segments(PipelineDefinition pipeline) {
    for (AggregateDefinition aggregate : pipeline.aggregates()) {
      definitions.add(new Definition(aggregate));
    }
  }

  private static int shift(WindowUnit unit) {
    return switch (unit) {
      case MINUTE -> 26; // 18.6 hours
      case HOUR -> 29; // 6.2 days
      case DAY -> 31; // 24.9 days
      case WEEK -> 34; // 199 days
      case MONTH -> 36; // 2.2 years
    };
  }

  /** A row was there when the task began. */
  void found(RowKey key) {
    touch(key);
  }

  /** A row is about to change in the open transaction. */
  void touch(RowKey key) {
    Definition definition = find(key.definitionId());
    if (definition == null) {
      return;
    }
    long number = key.windowStart() >> definition.shift;
    if (number != definition.last) {
      definition.last = number;
      definition.touched.add(number);
    }
  }

  private @Nullable Definition find(long id) {
    for (int i = 0; i < definitions.size(); i++) {
      if (definitions.get(i).id == id) {
        return definitions.get(i);
      }
    }
    return null;
  }

  /** The transaction is over; to be called before readers are shown its commit. */
  void committed(long commit) {
    for (Definition definition : definitions) {
      for (Long number : definition.touched) {
        if (!tooMany && definition.changed.put(number, commit) == null) {
          tooMany = ++count > MOST;
        }
      }
      definition.touched.clear();
      definition.last = NO_NUMBER;
    }
  }

  /** Whether stretches are told apart. */
  public boolean isKnown() {
    return !tooMany;
  }

  /** The stretches of a definition that have rows whose windows start in a range, ascending. */
  public List<Stretch> of(long definitionId, TimeRange range) {
    Definition definition = find(definitionId);
    if (definition == null) {
      return List.of();
    }
    int shift = definition.shift;
    List<Stretch> found = new ArrayList<>();
    definition
        .changed
        .subMap(range.from() >> shift, true, (range.to() - 1) >> shift, true)
        .forEach(
            (number, commit) -> {
              long from = number << shift;
              found.add(new Stretch(number, new TimeRange(from, from + (1L << shift)), commit));
            });
    return found;
  }
}
