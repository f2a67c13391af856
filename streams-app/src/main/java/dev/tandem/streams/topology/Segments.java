package dev.tandem.streams.topology;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Which stretches of time have rows in a task's partition, and with which commit each last changed:
 * so that who has read a stretch knows whether he must read it again. A stretch is a fixed number
 * of milliseconds, a power of two that spans some 30 to 1,100 windows, so that no calendar is asked
 * and no row is in two. Written by the task's thread, read by any.
 */
public final class Segments {
  /** More stretches than this are not told apart: times of events are wild then. */
  private static final int MOST = 200_000;

  private final Map<Long, Integer> shifts = new HashMap<>();
  private final Map<Long, ConcurrentSkipListMap<Long, Long>> changed = new HashMap<>();
  private final Set<Segment> touched = new HashSet<>();
  private long lastDefinition;
  private long lastNumber = Long.MIN_VALUE;
  private int count;
  private volatile boolean tooMany;

  /** A stretch of one definition's windows. */
  private record Segment(long definition, long number) {}

  /**
   * A stretch that has rows, or had.
   *
   * @param range of its windows
   * @param changed number of the commit that changed it last
   */
  public record Stretch(long number, TimeRange range, long changed) {}

  Segments(PipelineDefinition pipeline) {
    for (AggregateDefinition aggregate : pipeline.aggregates()) {
      shifts.put(aggregate.id(), shift(aggregate.window()));
      changed.put(aggregate.id(), new ConcurrentSkipListMap<>());
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
    long definition = key.definitionId();
    Integer shift = shifts.get(definition);
    if (shift == null) {
      return;
    }
    long number = key.windowStart() >> shift;
    if (number != lastNumber || definition != lastDefinition) {
      lastNumber = number;
      lastDefinition = definition;
      touched.add(new Segment(definition, number));
    }
  }

  /** The transaction is over; to be called before readers are shown its commit. */
  void committed(long commit) {
    for (Segment segment : touched) {
      ConcurrentSkipListMap<Long, Long> of = changed.get(segment.definition());
      if (of != null && !tooMany && of.put(segment.number(), commit) == null) {
        tooMany = ++count > MOST;
      }
    }
    touched.clear();
    lastNumber = Long.MIN_VALUE;
  }

  /** Whether stretches are told apart. */
  public boolean isKnown() {
    return !tooMany;
  }

  /** The stretches of a definition that have rows whose windows start in a range, ascending. */
  public List<Stretch> of(long definition, TimeRange range) {
    ConcurrentSkipListMap<Long, Long> of = changed.get(definition);
    Integer shift = shifts.get(definition);
    if (of == null || shift == null) {
      return List.of();
    }
    List<Stretch> found = new ArrayList<>();
    of.subMap(range.from() >> shift, true, (range.to() - 1) >> shift, true)
        .forEach(
            (number, commit) -> {
              long from = number << shift;
              found.add(new Stretch(number, new TimeRange(from, from + (1L << shift)), commit));
            });
    return found;
  }
}
