package dev.tandem.core.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The places that matter when a process dies there. Reaching one does nothing, unless the class
 * path has a {@link Hook} as a service; what Tandem ships has none, so that the call costs nothing.
 */
public enum FailPoint {
  APP_CLAIM(Where.APP),
  APP_CLAIMS_COMPLETE(Where.APP),
  APP_BARRIER(Where.APP),
  APP_PARKED_RELEASED(Where.APP),
  APP_DRAINING_PARTIALS(Where.APP),
  APP_CORRECTION(Where.APP),
  APP_CORRECTIONS_COMPLETE(Where.APP),
  APP_DRAINING_ROWS(Where.APP),
  APP_ACKNOWLEDGING(Where.APP),
  APP_COMMIT_PREPARED(Where.APP),
  APP_COMMITTED(Where.APP),
  APP_RESTORING(Where.APP),
  REPLAY_SENDING(Where.REPLAY),
  REPLAY_COMMITTING(Where.REPLAY),
  REPLAY_COMMITTED(Where.REPLAY),
  BACKFILL_STARTED(Where.BACKFILL),
  BACKFILL_READ(Where.BACKFILL),
  BACKFILL_CLAIM(Where.BACKFILL),
  BACKFILL_CLAIMS_OPEN(Where.BACKFILL),
  BACKFILL_CLAIMS_COMPLETE(Where.BACKFILL),
  BACKFILL_BARRIERS_OPEN(Where.BACKFILL),
  BACKFILL_BARRIERS_WRITTEN(Where.BACKFILL),
  BACKFILL_CUT_SAVED(Where.BACKFILL),
  BACKFILL_READ_TO_CUT(Where.BACKFILL),
  BACKFILL_FOLDED(Where.BACKFILL),
  BACKFILL_ACKNOWLEDGED(Where.BACKFILL),
  BACKFILL_COMPARED(Where.BACKFILL),
  BACKFILL_PUBLISHING(Where.BACKFILL),
  BACKFILL_COMMITTING(Where.BACKFILL),
  BACKFILL_COMMITTED(Where.BACKFILL);

  private static final @Nullable Hook HOOK =
      ServiceLoader.load(Hook.class, FailPoint.class.getClassLoader()).findFirst().orElse(null);

  private final Where where;

  FailPoint(Where where) {
    this.where = where;
  }

  /** Which process passes a point. */
  public enum Where {
    APP,
    REPLAY,
    BACKFILL
  }

  /** Is told of every point that is reached, by any thread. */
  @FunctionalInterface
  public interface Hook {
    void reached(FailPoint point);
  }

  /** Says that execution has come here. */
  public void reached() {
    if (HOOK != null) {
      HOOK.reached(this);
    }
  }

  /** The points of one process, in the order in which it passes them. */
  public static List<FailPoint> of(Where where) {
    return Arrays.stream(values()).filter(p -> p.where == where).toList();
  }

  /** The name in words, as people read and write it: {@code backfill-claims-open}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
