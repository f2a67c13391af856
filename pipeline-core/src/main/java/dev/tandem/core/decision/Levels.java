package dev.tandem.core.decision;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.definition.AggregateDefinition;
import java.util.Map;
import java.util.TreeMap;

/**
 * How busy it is altogether, against the baseline: by aggregate, what came over what was expected
 * in the hours before, recent ones weighing more. Rain or a holiday makes every station quiet at
 * once, and season moves all of them; a subject is held against what is normal at this level.
 *
 * <p>A weight halves in {@value #HALF_LIFE} hours. A prior of {@value #PRIOR} events at level 1
 * keeps quiet hours from moving it.
 */
final class Levels {
  private static final double HALF_LIFE = 24;
  private static final double KEEP = Math.pow(0.5, 1 / HALF_LIFE);
  private static final double PRIOR = 20;
  private static final double LEAST = 0.05;
  private static final double MOST = 4;

  private final Map<Long, Level> byDefinition = new TreeMap<>();

  private record Level(double came, double expected) {}

  private static final Level NOTHING = new Level(0, 0);

  Levels() {}

  Levels(Bytes saved) {
    for (long left = saved.getUnsigned(); left > 0; left--) {
      byDefinition.put(
          saved.getFixed(),
          new Level(
              Double.longBitsToDouble(saved.getFixed()),
              Double.longBitsToDouble(saved.getFixed())));
    }
  }

  void write(Bytes out) {
    out.putUnsigned(byDefinition.size());
    byDefinition.forEach(
        (id, level) -> {
          out.putFixed(id);
          out.putFixed(Double.doubleToRawLongBits(level.came));
          out.putFixed(Double.doubleToRawLongBits(level.expected));
        });
  }

  double of(AggregateDefinition aggregate) {
    Level level = byDefinition.getOrDefault(aggregate.id(), NOTHING);
    return Math.min(MOST, Math.max(LEAST, (level.came + PRIOR) / (level.expected + PRIOR)));
  }

  /**
   * Takes an hour's counts, over all subjects that the baseline knows.
   *
   * @param hourOfWeek of that hour
   */
  void observe(
      AggregateDefinition aggregate, HourCounts counts, Baseline baseline, int hourOfWeek) {
    long id = aggregate.id();
    double came = baseline.subjects(aggregate).stream().mapToLong(s -> counts.count(id, s)).sum();
    observe(aggregate, came, baseline.total(aggregate, hourOfWeek));
  }

  private void observe(AggregateDefinition aggregate, double came, double expected) {
    Level before = byDefinition.getOrDefault(aggregate.id(), NOTHING);
    byDefinition.put(
        aggregate.id(), new Level(before.came * KEEP + came, before.expected * KEEP + expected));
  }
}
