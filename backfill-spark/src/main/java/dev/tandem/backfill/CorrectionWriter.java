package dev.tandem.backfill;

import dev.tandem.backfill.engine.Difference;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.fault.FailPoint;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.Correction;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Writes rows as they should be, within a transaction of its writer. */
final class CorrectionWriter {
  private final RunWriter writer;
  private final String topic;
  private final long epoch;
  private final int partitions;
  private final Map<Long, RowLayout> layouts = new HashMap<>();

  CorrectionWriter(RunWriter writer, PipelineDefinition pipeline, long epoch, int partitions) {
    this.writer = writer;
    this.topic = Topics.of(pipeline).corrections();
    this.epoch = epoch;
    this.partitions = partitions;
    pipeline.aggregates().forEach(a -> layouts.put(a.id(), new RowLayout(a)));
  }

  /** A row that should not exist goes as an empty one. */
  void send(Difference row) {
    RowLayout layout = Objects.requireNonNull(layouts.get(row.key().definitionId()));
    RowState state =
        row.after().length == 0 ? new RowState(layout) : RowState.fromBytes(layout, row.after());
    writer.send(
        topic,
        Partitioning.ofRow(row.key(), partitions),
        row.key().bytes(),
        new Correction(epoch, state).toBytes());
    FailPoint.BACKFILL_PUBLISHING.reached();
  }
}
