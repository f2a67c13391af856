package dev.tandem.core.reconcile;

import java.util.Optional;
import java.util.OptionalLong;

/** Which backfills were started, as the runs topic says. Thread-safe. */
@FunctionalInterface
public interface Epochs {
  /**
   * The scope of an epoch whose start is on record; empty when it was never started. What was
   * started before a marker of it was written is seen here when the marker is: an implementation
   * that reads behind catches up first.
   */
  Optional<Scope> scope(long epoch);

  /**
   * Where an epoch's barrier lies in a partition of the log; empty while that is not known. A
   * barrier elsewhere is not this epoch's.
   */
  default OptionalLong barrier(long epoch, int partition) {
    return OptionalLong.empty();
  }

  /**
   * The newest epoch whose barrier lay before {@code offset}, 0 for none: the generation at the
   * beginning of a log that has lost its first records.
   */
  default long passed(int partition, long offset) {
    return 0;
  }
}
