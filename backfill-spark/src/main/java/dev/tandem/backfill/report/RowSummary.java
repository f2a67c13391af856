package dev.tandem.backfill.report;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * A comparison of the rows of one aggregate, or of a part of them; adds up.
 *
 * @param largest the largest changes, at most {@link #LARGEST}, largest first
 */
public record RowSummary(RowCounts counts, List<RowChange> largest) implements Serializable {
  public static final int LARGEST = 10;
  public static final RowSummary NONE = new RowSummary(RowCounts.NONE, List.of());

  public RowSummary plus(RowSummary o) {
    List<RowChange> both =
        Stream.concat(largest.stream(), o.largest.stream())
            .sorted(RowChange.LARGEST_FIRST)
            .limit(LARGEST)
            .toList();
    return new RowSummary(counts.plus(o.counts), both);
  }
}
