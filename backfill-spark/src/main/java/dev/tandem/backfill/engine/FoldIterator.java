package dev.tandem.backfill.engine;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.row.RowKey;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import scala.Tuple2;

/** Folds the events of a partition, giving rows out whenever too many are in memory. */
final class FoldIterator implements Iterator<Tuple2<RowKey, byte[]>> {
  /** Rows that a task holds before it passes them on. */
  private static final int MOST = 200_000;

  private final Iterator<Tuple2<String, EventVersions>> events;
  private final RowFold fold;
  private final PerPartition<IdCounts> counts;
  private Iterator<Map.Entry<RowKey, FoldedRow>> rows = Collections.emptyIterator();
  private final Bytes out = Bytes.writer();
  private boolean reported;

  FoldIterator(
      Iterator<Tuple2<String, EventVersions>> events, RowFold fold, PerPartition<IdCounts> counts) {
    this.events = events;
    this.fold = fold;
    this.counts = counts;
  }

  @Override
  public boolean hasNext() {
    if (!rows.hasNext()) {
      fold.rows().clear();
      while (events.hasNext() && fold.rows().size() < MOST) {
        Tuple2<String, EventVersions> event = events.next();
        fold.add(event._1(), event._2());
      }
      rows = fold.rows().entrySet().iterator();
      if (!events.hasNext() && !reported) {
        reported = true;
        counts.report(fold.counts());
      }
    }
    return rows.hasNext();
  }

  @Override
  public Tuple2<RowKey, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Map.Entry<RowKey, FoldedRow> row = rows.next();
    return new Tuple2<>(row.getKey(), row.getValue().toBytes(out));
  }
}
