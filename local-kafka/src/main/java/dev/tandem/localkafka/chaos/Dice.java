package dev.tandem.localkafka.chaos;

import dev.tandem.core.fault.FailPoint;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** All that is left to chance, from one seed. Not thread-safe. */
final class Dice {
  /** About how often a process passes those points that it passes more than once. */
  private static final Map<FailPoint, Integer> OFTEN =
      Map.ofEntries(
          Map.entry(FailPoint.APP_CLAIM, 5_000),
          Map.entry(FailPoint.APP_CLAIMS_COMPLETE, 4),
          Map.entry(FailPoint.APP_BARRIER, 4),
          Map.entry(FailPoint.APP_PARKED_RELEASED, 20),
          Map.entry(FailPoint.APP_DRAINING_PARTIALS, 50_000),
          Map.entry(FailPoint.APP_CORRECTION, 20_000),
          Map.entry(FailPoint.APP_CORRECTIONS_COMPLETE, 4),
          Map.entry(FailPoint.APP_DRAINING_ROWS, 50_000),
          Map.entry(FailPoint.APP_ACKNOWLEDGING, 8),
          Map.entry(FailPoint.APP_COMMIT_PREPARED, 200),
          Map.entry(FailPoint.APP_COMMITTED, 200),
          Map.entry(FailPoint.APP_RESTORING, 100),
          Map.entry(FailPoint.REPLAY_SENDING, 5_000),
          Map.entry(FailPoint.REPLAY_COMMITTING, 8),
          Map.entry(FailPoint.REPLAY_COMMITTED, 8),
          Map.entry(FailPoint.BACKFILL_CLAIM, 20_000),
          Map.entry(FailPoint.BACKFILL_PUBLISHING, 20_000));

  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  boolean chance(double p) {
    return random.nextDouble() < p;
  }

  /** From {@code from} to {@code to}, both included. */
  int between(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Small numbers often, large ones seldom: from 1 to {@code most}. */
  long manyOrFew(int most) {
    return Math.round(Math.exp(random.nextDouble() * Math.log(most)));
  }

  /** The environment of a process that dies at some point of its way. */
  Map<String, String> point(FailPoints points, FailPoint.Where where) {
    FailPoint point = of(FailPoint.of(where));
    long delay = chance(0.3) ? between(1, 20) : 0;
    return points.at(point, manyOrFew(OFTEN.getOrDefault(point, 1)), delay);
  }
}
