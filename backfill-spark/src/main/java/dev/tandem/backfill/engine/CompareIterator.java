package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.Causes;
import dev.tandem.backfill.report.RowSummary;
import dev.tandem.backfill.report.SummaryBuilder;
import dev.tandem.core.row.RowKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Compares the rows of a partition; gives out those that differ, or all, as {@link Difference}. */
final class CompareIterator implements Iterator<Tuple2<RowKey, byte[]>> {
  private final Iterator<Tuple2<RowKey, Tuple2<Iterable<byte[]>, Iterable<byte[]>>>> rows;
  private final Layouts layouts;
  private final boolean all;
  private final PerPartition<ArrayList<RowSummary>> summaries;
  private final List<SummaryBuilder> builders = new ArrayList<>();
  private @Nullable Tuple2<RowKey, byte[]> next;
  private boolean reported;

  CompareIterator(
      Iterator<Tuple2<RowKey, Tuple2<Iterable<byte[]>, Iterable<byte[]>>>> rows,
      Layouts layouts,
      boolean all,
      PerPartition<ArrayList<RowSummary>> summaries) {
    this.rows = rows;
    this.layouts = layouts;
    this.all = all;
    this.summaries = summaries;
    for (int i = 0; i < layouts.size(); i++) {
      builders.add(new SummaryBuilder(layouts.aggregate(i), layouts.get(i)));
    }
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      Tuple2<RowKey, Tuple2<Iterable<byte[]>, Iterable<byte[]>>> row = rows.next();
      next = compare(row._1(), row._2()._1().iterator(), row._2()._2().iterator());
    }
    if (next == null && !reported) {
      reported = true;
      ArrayList<RowSummary> summary = new ArrayList<>();
      builders.forEach(b -> summary.add(b.build()));
      summaries.report(summary);
    }
    return next != null;
  }

  private @Nullable Tuple2<RowKey, byte[]> compare(
      RowKey key, Iterator<byte[]> computed, Iterator<byte[]> served) {
    byte[] after = {};
    Causes causes = Causes.NONE;
    if (computed.hasNext()) {
      FoldedRow row = FoldedRow.read(layouts, computed.next());
      after = row.stateBytes();
      causes = row.causes();
    }
    byte[] before = served.hasNext() ? ServedReading.state(served.next()) : new byte[0];
    boolean differs = builders.get(layouts.require(key)).add(key, before, after, causes);
    return differs || all ? new Tuple2<>(key, Difference.toBytes(before, after)) : null;
  }

  @Override
  public Tuple2<RowKey, byte[]> next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Tuple2<RowKey, byte[]> result = next;
    next = null;
    return result;
  }
}
