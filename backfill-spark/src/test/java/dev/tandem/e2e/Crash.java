package dev.tandem.e2e;

import dev.tandem.core.fault.FailPoint;
import dev.tandem.localkafka.chaos.FailPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Someone dies when a process comes to a point of its work.
 *
 * @param broker whether the broker dies, not the process itself
 */
record Crash(FailPoint point, boolean broker) {
  /** Points that are passed again and again: about half-way, with what a round has to do. */
  private static final Map<FailPoint, Integer> HALF_WAY =
      Map.ofEntries(
          Map.entry(FailPoint.APP_CLAIM, 200),
          Map.entry(FailPoint.APP_CLAIMS_COMPLETE, 2),
          Map.entry(FailPoint.APP_BARRIER, 2),
          Map.entry(FailPoint.APP_DRAINING_PARTIALS, 300),
          Map.entry(FailPoint.APP_CORRECTION, 500),
          Map.entry(FailPoint.APP_CORRECTIONS_COMPLETE, 2),
          Map.entry(FailPoint.APP_DRAINING_ROWS, 500),
          Map.entry(FailPoint.APP_ACKNOWLEDGING, 3),
          Map.entry(FailPoint.APP_COMMIT_PREPARED, 10),
          Map.entry(FailPoint.APP_COMMITTED, 3),
          Map.entry(FailPoint.APP_RESTORING, 3),
          Map.entry(FailPoint.REPLAY_SENDING, 300),
          Map.entry(FailPoint.BACKFILL_CLAIM, 200),
          Map.entry(FailPoint.BACKFILL_PUBLISHING, 1_000));

  /** Every point, for the process itself and for the broker. */
  static List<Crash> all() {
    List<Crash> all = new ArrayList<>();
    for (FailPoint point : FailPoint.values()) {
      all.add(new Crash(point, false));
      all.add(new Crash(point, true));
    }
    return List.copyOf(all);
  }

  /** Of the process that comes to the point; empty for any other. */
  Map<String, String> environment(FailPoint.Where process, FailPoints points, long brokerPid) {
    if (!passes(process)) {
      return Map.of();
    }
    int time = HALF_WAY.getOrDefault(point, 1);
    return broker ? points.killing(brokerPid, point, time) : points.at(point, time, 0);
  }

  boolean passes(FailPoint.Where process) {
    return FailPoint.of(process).contains(point);
  }

  /** Whether events must lie behind a barrier before its claims are read, which is rare. */
  boolean isRare() {
    return point == FailPoint.APP_PARKED_RELEASED;
  }

  /** What the process that came to the point has printed then. */
  String trace() {
    return "killed (\\d+ )?at " + point.text();
  }

  @Override
  public String toString() {
    return (broker ? "broker at " : "") + point.text();
  }
}
