package dev.tandem.backfill.engine;

import dev.tandem.core.reconcile.ClaimPlanner;
import dev.tandem.core.time.TimeRange;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** A {@link ClaimPlanner} on its way to executors; ranges as their two ends. */
record ClaimRules(long epoch, long from, long to, Map<Long, long[]> committed)
    implements Serializable {

  static ClaimRules of(ClaimPlanner planner) {
    Map<Long, long[]> committed = new HashMap<>();
    planner.committed().forEach((epoch, r) -> committed.put(epoch, new long[] {r.from(), r.to()}));
    return new ClaimRules(planner.epoch(), planner.range().from(), planner.range().to(), committed);
  }

  ClaimPlanner planner() {
    Map<Long, TimeRange> ranges = new HashMap<>();
    committed.forEach((e, r) -> ranges.put(e, new TimeRange(r[0], r[1])));
    return new ClaimPlanner(epoch, new TimeRange(from, to), ranges);
  }
}
