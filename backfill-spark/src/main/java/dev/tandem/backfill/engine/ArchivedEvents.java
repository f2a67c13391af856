package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.EventCounts;
import dev.tandem.core.event.EventBytes;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.reconcile.LogEvents;
import dev.tandem.core.reconcile.LogEvents.Admission;
import dev.tandem.core.reconcile.LogRecord;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The valid events among archived records; what was read is reported when they are through. */
final class ArchivedEvents implements Iterator<Tuple2<String, EventVersions>> {
  private final Iterator<Row> rows;
  private final PerPartition<EventCounts> counts;
  private final LogEvents log;
  private final EventBytes bytes;
  private final Map<String, Long> rejected = new TreeMap<>();
  private long valid;
  private boolean reported;
  private @Nullable Tuple2<String, EventVersions> next;

  ArchivedEvents(LogReading reading, Iterator<Row> rows, PerPartition<EventCounts> counts) {
    this.rows = rows;
    this.counts = counts;
    this.log =
        new LogEvents(
            reading.pipeline().definition(),
            id -> Partitioning.ofEvent(id, reading.logPartitions()));
    this.bytes = new EventBytes(reading.pipeline().definition().schema());
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      Row row = rows.next();
      LogRecord record = ArchiveColumns.record(row);
      if (LogEvents.isBarrier(record)) {
        continue;
      }
      Admission admission = log.admit(record, ArchiveColumns.partition(row));
      if (admission instanceof Admission.Valid v) {
        valid++;
        byte[] event = bytes.encode(v.event());
        next = new Tuple2<>(v.event().id(), EventVersions.ofLog(record.offset(), event));
      } else if (admission instanceof Admission.Invalid i) {
        rejected.merge(i.reason().code(), 1L, Long::sum);
      }
    }
    if (next == null && !reported) {
      reported = true;
      counts.report(new EventCounts(valid, rejected));
    }
    return next != null;
  }

  @Override
  public Tuple2<String, EventVersions> next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Tuple2<String, EventVersions> result = next;
    next = null;
    return result;
  }
}
