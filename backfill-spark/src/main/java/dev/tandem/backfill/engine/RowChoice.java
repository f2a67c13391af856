package dev.tandem.backfill.engine;

import dev.tandem.core.row.RowKey;
import java.io.Serializable;
import java.util.function.Predicate;

/** Which rows are looked at; goes to the tasks that look. */
interface RowChoice extends Serializable {
  /** For one thread. */
  Predicate<RowKey> predicate();
}
