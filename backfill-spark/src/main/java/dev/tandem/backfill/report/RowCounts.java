package dev.tandem.backfill.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * What became of the rows of a range: {@code compared = unchanged + corrected + added + removed}.
 *
 * @param corrected served with another value
 * @param added not served, and should be
 * @param removed served, and should not be
 */
public record RowCounts(long unchanged, long corrected, long added, long removed)
    implements Serializable {
  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0);

  public RowCounts plus(RowCounts o) {
    return new RowCounts(
        unchanged + o.unchanged, corrected + o.corrected, added + o.added, removed + o.removed);
  }

  @JsonProperty
  public long compared() {
    return unchanged + corrected + added + removed;
  }

  /** Rows served in the range. */
  long served() {
    return unchanged + corrected + removed;
  }

  /** Rows that are not as they should be. */
  public long different() {
    return corrected + added + removed;
  }
}
