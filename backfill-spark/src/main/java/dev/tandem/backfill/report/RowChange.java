package dev.tandem.backfill.report;

import dev.tandem.core.row.RowKey;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A row that changes.
 *
 * @param before state bytes, empty when it is not served
 * @param after state bytes, empty when it should not exist
 * @param size by how much the aggregate's first metric changes, at least 0, in its scaled units
 * @param tie by how much everything else changes, at least 0
 */
public record RowChange(RowKey key, byte[] before, byte[] after, Causes causes, long size, long tie)
    implements Serializable {
  /** The largest change first; of equal ones the first key. */
  public static final Comparator<RowChange> LARGEST_FIRST =
      Comparator.comparingLong(RowChange::size)
          .thenComparingLong(RowChange::tie)
          .reversed()
          .thenComparing(RowChange::key);
}
