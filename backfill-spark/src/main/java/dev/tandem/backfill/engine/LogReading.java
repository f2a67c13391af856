package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.EventCounts;
import dev.tandem.core.event.EventBytes;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.EndMarker;
import dev.tandem.core.reconcile.LogEvents;
import dev.tandem.core.reconcile.LogEvents.Admission;
import dev.tandem.core.reconcile.LogRecord;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Reads splits of the log and of the claims, in a task. Within a split, an event id comes out once.
 *
 * @param kafka client properties
 * @param logPartitions how many partitions the log has
 */
record LogReading(PipelineText pipeline, Map<String, String> kafka, int logPartitions)
    implements Serializable {

  /** Valid events of the log; the counts go to {@code counts} when all splits are read. */
  Iterator<Tuple2<String, EventVersions>> events(
      Iterator<LogSplit> splits, PerPartition<EventCounts> counts) {
    Map<String, EventVersions> found = new HashMap<>();
    long[] valid = {0};
    Map<String, Long> rejected = new TreeMap<>();
    LogEvents log =
        new LogEvents(pipeline.definition(), id -> Partitioning.ofEvent(id, logPartitions));
    EventBytes bytes = new EventBytes(pipeline.definition().schema());
    read(
        splits,
        record -> {
          LogRecord r = logRecord(record);
          if (LogEvents.isBarrier(r)) {
            return;
          }
          Admission admission = log.admit(r, record.partition());
          if (admission instanceof Admission.Valid v) {
            valid[0]++;
            found.merge(
                v.event().id(),
                EventVersions.ofLog(r.offset(), bytes.encode(v.event())),
                EventVersions::merge);
          } else if (admission instanceof Admission.Invalid i) {
            rejected.merge(i.reason().code(), 1L, Long::sum);
          }
        });
    counts.report(new EventCounts(valid[0], rejected));
    return pairs(found);
  }

  /** Valid events of an archive, one at a time, an id as often as it is there. */
  Iterator<Tuple2<String, EventVersions>> archived(
      Iterator<Row> rows, PerPartition<EventCounts> counts) {
    return new ArchivedEvents(this, rows, counts);
  }

  private static LogRecord logRecord(ConsumerRecord<byte[], byte[]> record) {
    @Nullable Header barrier = record.headers().lastHeader(Topics.BARRIER_HEADER);
    return new LogRecord(
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        barrier == null ? null : new String(barrier.value(), StandardCharsets.UTF_8));
  }

  /** The latest record of claims of each id. */
  Iterator<Tuple2<String, EventVersions>> claims(Iterator<LogSplit> splits) {
    Map<String, EventVersions> found = new HashMap<>();
    read(
        splits,
        record -> {
          if (record.value() != null && EndMarker.epoch(record.key()).isEmpty()) {
            found.merge(
                new String(record.key(), StandardCharsets.UTF_8),
                EventVersions.ofClaims(record.offset(), record.value()),
                EventVersions::merge);
          }
        });
    return pairs(found);
  }

  private static Iterator<Tuple2<String, EventVersions>> pairs(Map<String, EventVersions> found) {
    return found.entrySet().stream().map(e -> new Tuple2<>(e.getKey(), e.getValue())).iterator();
  }

  /** Takes a record. */
  interface Sink {
    void take(ConsumerRecord<byte[], byte[]> record);
  }

  void read(Iterator<LogSplit> splits, Sink sink) {
    try (TopicReader reader = new TopicReader(kafka)) {
      while (splits.hasNext()) {
        LogSplit split = splits.next();
        reader.read(
            new TopicPartition(split.topic(), split.partition()),
            split.from(),
            split.to(),
            sink::take);
      }
    }
  }
}
