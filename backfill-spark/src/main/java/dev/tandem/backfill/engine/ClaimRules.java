package dev.tandem.backfill.engine;

import dev.tandem.core.reconcile.ClaimPlanner;
import dev.tandem.core.reconcile.Scope;
import dev.tandem.core.time.TimeRange;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A {@link ClaimPlanner} on its way to executors; scopes as two ends and definition ids. */
record ClaimRules(long epoch, Rows scope, Map<Long, Rows> committed) implements Serializable {

  /** A scope. */
  record Rows(long from, long to, long[] definitions) implements Serializable {
    static Rows of(Scope scope) {
      return new Rows(
          scope.range().from(),
          scope.range().to(),
          scope.definitions().stream().mapToLong(Long::longValue).toArray());
    }

    Scope scope() {
      Set<Long> ids = new HashSet<>();
      for (long id : definitions) {
        ids.add(id);
      }
      return new Scope(new TimeRange(from, to), ids);
    }
  }

  static ClaimRules of(ClaimPlanner planner) {
    Map<Long, Rows> committed = new HashMap<>();
    planner.committed().forEach((epoch, scope) -> committed.put(epoch, Rows.of(scope)));
    return new ClaimRules(planner.epoch(), Rows.of(planner.scope()), committed);
  }

  ClaimPlanner planner() {
    Map<Long, Scope> scopes = new HashMap<>();
    committed.forEach((epoch, rows) -> scopes.put(epoch, rows.scope()));
    return new ClaimPlanner(epoch, scope.scope(), scopes);
  }
}
