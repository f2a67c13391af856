package dev.tandem.backfill.report;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.row.RowKey;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/** Compares the rows of one aggregate, one by one, and sums up. Not thread-safe. */
public final class SummaryBuilder {
  private static final byte[] NO_ROW = {};

  private final AggregateDefinition aggregate;
  private final RowLayout layout;
  private final RowState empty;
  private final PriorityQueue<RowChange> largest =
      new PriorityQueue<>(RowChange.LARGEST_FIRST.reversed());

  private long unchanged;
  private long corrected;
  private long added;
  private long removed;

  public SummaryBuilder(AggregateDefinition aggregate, RowLayout layout) {
    this.aggregate = aggregate;
    this.layout = layout;
    this.empty = new RowState(layout);
  }

  /**
   * Takes a row.
   *
   * @param before bytes of the state that is served; empty when none is
   * @param after bytes of the state that should be; empty when the row should not exist
   * @return whether the two differ
   */
  public boolean add(RowKey key, byte[] before, byte[] after, Causes causes) {
    if (Arrays.equals(before, after)) {
      unchanged += after.length > 0 ? 1 : 0;
      return false;
    }
    if (before.length == 0) {
      added++;
    } else if (after.length == 0) {
      removed++;
    } else {
      corrected++;
    }
    remember(key, before, after, causes);
    return true;
  }

  private void remember(RowKey key, byte[] before, byte[] after, Causes causes) {
    RowState old = state(before);
    RowState now = state(after);
    long size = ChangeSize.of(aggregate.metrics().get(0), old, now);
    if (largest.size() >= RowSummary.LARGEST && size < largest.element().size()) {
      return;
    }
    largest.add(
        new RowChange(key, before, after, causes, size, ChangeSize.rest(aggregate, old, now)));
    if (largest.size() > RowSummary.LARGEST) {
      largest.remove();
    }
  }

  private RowState state(byte[] bytes) {
    return bytes.length == 0 ? empty : RowState.fromBytes(layout, bytes);
  }

  /** State bytes as they are compared: none for a state without events. */
  public static byte[] bytes(RowState state) {
    return state.isEmpty() ? NO_ROW : state.toBytes();
  }

  public RowSummary build() {
    List<RowChange> sorted = largest.stream().sorted(RowChange.LARGEST_FIRST).toList();
    return new RowSummary(new RowCounts(unchanged, corrected, added, removed), sorted);
  }
}
