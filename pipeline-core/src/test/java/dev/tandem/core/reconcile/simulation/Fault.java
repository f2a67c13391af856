package dev.tandem.core.reconcile.simulation;

/** A deliberate fault in the algorithm, to show that the simulation finds it. */
enum Fault {
  NONE,
  /** Ids are claimed, and the claims are ignored. */
  NO_CLAIMS,
  /** Events behind a barrier do not wait for its claims. */
  NO_WAIT,
  /** A partial that a batch has counted is merged all the same. */
  NO_DROP,
  /** A claim applies outside its epoch's range as well. */
  NO_RANGE,
  /** A claim applies to definitions that its batch has not counted as well. */
  NO_SCOPE_OF_DEFINITIONS,
  /** Claims are never released. */
  NO_RELEASE,
  /** The batch compares with what is served now, where a late event may hide a difference. */
  COMPARE_NOW,
  /** Rows of the log's events before the cut are no candidates. */
  NO_LOG_ROWS,
  /** Rows of earlier corrections are no candidates when all rows are published. */
  NO_OLD_ROWS,
  /** Between a row's correction and the end marker, claims of that epoch do not count. */
  LATE_UNLESS,
  /** A crashed backfill's epoch is used again. */
  EPOCH_REUSE,
  /** The batch compares without waiting for acknowledgements. */
  NO_ACKNOWLEDGEMENT,
  /** Event ids are not remembered. */
  NO_IDS,
  /** Tasks forget to drain before a commit. */
  NO_DRAIN,
  /** A backfill goes on after another one has begun. */
  NO_FENCE,
  /** The undo of a run takes the log as the earlier run saw it. */
  UNDO_OLD_CUT
}
