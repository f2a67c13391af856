package dev.tandem.core.reconcile;

import java.util.Optional;

/** Which backfills were started, as the runs topic says. Thread-safe. */
@FunctionalInterface
public interface Epochs {
  /**
   * The scope of an epoch whose start is on record; empty when it was never started. What was
   * started before a marker of it was written is seen here when the marker is: an implementation
   * that reads behind catches up first.
   */
  Optional<Scope> scope(long epoch);
}
