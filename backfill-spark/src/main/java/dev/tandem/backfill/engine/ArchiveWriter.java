package dev.tandem.backfill.engine;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.reconcile.LogEvents;
import dev.tandem.core.reconcile.LogEvents.Admission;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Copies stretches of the log into Parquet files, a folder for each day of events. */
record ArchiveWriter(Engine engine) {

  /**
   * @param target an empty folder, or none yet
   * @return how many records there are
   */
  long write(List<LogSplit> splits, int logPartitions, Path target) {
    PerPartition<Long> counts = new PerPartition<>(engine.spark());
    Copying copying = new Copying(engine.logReading(logPartitions), counts);
    Jobs.run(
        () -> {
          engine
              .sql()
              .createDataFrame(
                  engine.slices(splits).mapPartitions(copying::rows), ArchiveColumns.DATED)
              .repartition(functions.col(ArchiveColumns.DATE))
              .sortWithinPartitions(
                  ArchiveColumns.DATE, ArchiveColumns.PARTITION, ArchiveColumns.OFFSET)
              .write()
              .mode("append")
              .option("compression", "zstd")
              .partitionBy(ArchiveColumns.DATE)
              .parquet(target.toUri().toString());
          return 0;
        });
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** In a task. */
  private record Copying(LogReading log, PerPartition<Long> counts) implements Serializable {
    Iterator<Row> rows(Iterator<LogSplit> splits) {
      PipelineDefinition pipeline = log.pipeline().definition();
      LogEvents events =
          new LogEvents(pipeline, id -> Partitioning.ofEvent(id, log.logPartitions()));
      List<Row> rows = new ArrayList<>();
      log.read(
          splits, record -> rows.add(ArchiveColumns.row(record, date(pipeline, events, record))));
      counts.report((long) rows.size());
      return rows.iterator();
    }

    /** The local day of an event; what is none lies under the day on which it came. */
    private static String date(
        PipelineDefinition pipeline, LogEvents events, ConsumerRecord<byte[], byte[]> record) {
      long time =
          record.value() != null
                  && events.admit(record.value(), record.timestamp())
                      instanceof Admission.Valid valid
              ? valid.event().time()
              : record.timestamp();
      return Instant.ofEpochMilli(time).atZone(pipeline.zone()).toLocalDate().toString();
    }
  }
}
