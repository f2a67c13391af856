package dev.tandem.streams.topology;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.fault.FailPoint;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.Acknowledgement;
import dev.tandem.core.reconcile.EndMarker;
import dev.tandem.core.reconcile.LiveRow;
import dev.tandem.core.reconcile.Partial;
import dev.tandem.core.reconcile.PartialBatches;
import dev.tandem.core.reconcile.SecondHalf;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowJson;
import dev.tandem.core.row.RowKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Carries {@link SecondHalf} in a task: partials and corrections in, rows and acknowledgements out.
 */
final class SecondHalfProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final int MAX_BUFFERED = 20_000;
  private static final Duration STANDBYS_TICK = Duration.ofSeconds(2);
  private static final Duration SHORTEST_TICK = Duration.ofMillis(10);
  private static final Duration LONGEST_TICK = Duration.ofMillis(250);

  private final PipelineDefinition pipeline;
  private final Topics topics;
  private final TandemTopology.Options options;
  private final TaskBoard board;
  private final Lineage lineage;

  // Made anew whenever the task is.
  private ProcessorContext<byte[], byte[]> context;
  private SavedState saved;
  private TakenInputs taken;
  private SecondHalf half;
  private RetiredDefinitions retired;
  private StoredRows rows;
  private CommittedRows served;
  private long joined;
  private int partition;
  private CommitPace pace;
  private @Nullable Cancellable ticks;

  @SuppressWarnings("NullAway.Init") // init comes first
  SecondHalfProcessor(
      PipelineDefinition pipeline,
      TandemTopology.Options options,
      TaskBoard board,
      Lineage lineage) {
    this.pipeline = pipeline;
    this.topics = Topics.of(pipeline);
    this.options = options;
    this.board = board;
    this.lineage = lineage;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    partition = context.taskId().partition();
    pace = new CommitPace(context, options.commitInterval());
    ticks = null;
    KeyValueStore<byte[], byte[]> state = context.getStateStore(StateStores.SECOND_HALF_STATE);
    saved = new SavedState(state);
    taken =
        new TakenInputs(
            state,
            partition,
            saved.get() == null,
            Set.of(topics.partials(), topics.corrections()),
            TakenInputs.others(
                topics,
                Set.of(topics.aggregates(), topics.acknowledgements()),
                StateStores.ROWS,
                StateStores.TAGGED_ROWS,
                StateStores.DEFINITIONS,
                StateStores.SECOND_HALF_STATE),
            lineage);
    rows =
        new StoredRows(
            context.getStateStore(StateStores.ROWS),
            context.getStateStore(StateStores.TAGGED_ROWS));
    half =
        new SecondHalf(
            partition,
            options.partitions(),
            options.flushInterval().toMillis(),
            new EventRows(pipeline),
            rows,
            new Forward(),
            saved.get());
    Segments segments = new Segments(pipeline);
    retired =
        new RetiredDefinitions(
            pipeline,
            rows,
            context.getStateStore(StateStores.DEFINITIONS),
            half::resume,
            segments::found);
    CommitHook hook = context.getStateStore(StateStores.SECOND_HALF_COMMIT);
    hook.beforeCommit(context, this::beforeCommit);
    boolean tellAgain = taken.isReplaced(topics.acknowledgements());
    if (tellAgain) {
      half.acknowledgeAgain();
    }
    if (tellAgain || half.hasPending() || retired.hasWork()) {
      tick();
    }
    served =
        new CommittedRows(half.committed(), half.live(), context.currentSystemTimeMs(), segments);
    joined = -1;
    rows.beforeChange(
        (key, before) -> {
          served.changes(key, before);
          joinCommit();
        });
    board.rows(partition, served);
    if (options.standbys()) {
      context.schedule(STANDBYS_TICK, PunctuationType.WALL_CLOCK_TIME, now -> {});
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata metadata = context.recordMetadata().orElseThrow();
    if (!taken.take(metadata)) {
      return;
    }
    pace.took(record.timestamp());
    if (metadata.topic().equals(topics.corrections())) {
      correction(record);
    } else if (Partial.isProgress(record.value())) {
      half.onProgress(Partial.readProgress(record.value()));
    } else if (PartialBatches.isBatch(record.value())) {
      half.onBatch(record.value());
    } else {
      // As a build before batches left it in the topic.
      half.onContribution(RowKey.of(record.key()), record.value());
    }
    if (half.buffered() >= MAX_BUFFERED) {
      drain();
    }
  }

  private void correction(Record<byte[], byte[]> record) {
    OptionalLong end = EndMarker.epoch(record.key());
    if (end.isPresent()) {
      FailPoint.APP_CORRECTIONS_COMPLETE.reached();
      half.onEnd(end.getAsLong());
    } else if (record.value() != null) {
      half.onCorrection(RowKey.of(record.key()), record.value());
      FailPoint.APP_CORRECTION.reached();
    }
  }

  private void beforeCommit() {
    pace.committing();
    drain();
    taken.save();
    saved.save(half.state());
    rows.put(served.prepare(half.committed(), half.live(), context.currentSystemTimeMs()));
    joinCommit();
    if (half.hasPending()) {
      tick();
    } else if (ticks != null) {
      ticks.cancel();
      ticks = null;
    }
  }

  /** Has the rows told when the open transaction is committed; once in each. */
  private void joinCommit() {
    if (joined != served.now().number()) {
      joined = served.now().number();
      board.commits().join(served);
    }
  }

  /** What was published under definitions that are gone goes before anything else. */
  private void drain() {
    if (retired.hasWork()) {
      retired.work((key, value) -> forward(key, value, TandemTopology.AGGREGATES));
    }
    half.drain(context.currentSystemTimeMs());
  }

  /** Asks for commits while there is something to publish. */
  private void tick() {
    if (ticks == null) {
      Duration quarter = options.flushInterval().dividedBy(4);
      Duration interval =
          quarter.compareTo(LONGEST_TICK) > 0
              ? LONGEST_TICK
              : quarter.compareTo(SHORTEST_TICK) < 0 ? SHORTEST_TICK : quarter;
      ticks = context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, now -> pace.again());
    }
  }

  @Override
  public void close() {
    board.rowsClosed(partition);
  }

  private void forward(byte[] key, byte @Nullable [] value, String child) {
    context.forward(new Record<>(key, value, context.currentSystemTimeMs()), child);
  }

  /** Sends what the half produces to the sinks. */
  private final class Forward implements SecondHalf.Output {
    private final RowJson json = new RowJson(pipeline.zone());
    private final Bytes scratch = Bytes.writer();

    @Override
    public void row(
        RowKey key, LiveRow row, RowState served, long generation, @Nullable RowState before) {
      AggregateDefinition aggregate = aggregate(key.definitionId());
      long time = context.currentSystemTimeMs();
      byte[] value = null;
      if (!served.isEmpty()) {
        Instant now = Instant.ofEpochMilli(time);
        value = json.value(aggregate, served, row.epoch(), row.corrected(), now);
      }
      // Headers given to a record are copied, those that are added to it are not.
      Record<byte[], byte @Nullable []> record =
          new Record<>(json.key(aggregate, key), value, time);
      if (value != null) {
        record.headers().add(Topics.STATE_HEADER, numberAndState(aggregate.id(), served));
      }
      if (before != null) {
        record.headers().add(Topics.STATE_BEFORE_HEADER, numberAndState(generation, before));
      }
      context.forward(record, TandemTopology.AGGREGATES);
      board.published();
      FailPoint.APP_DRAINING_ROWS.reached();
    }

    private AggregateDefinition aggregate(long id) {
      for (AggregateDefinition aggregate : pipeline.aggregates()) {
        if (aggregate.id() == id) {
          return aggregate;
        }
      }
      throw new IllegalStateException("a row of a definition that is not in the pipeline: " + id);
    }

    private byte[] numberAndState(long number, RowState state) {
      scratch.clear();
      scratch.putFixed(number);
      state.write(scratch);
      return scratch.toArray();
    }

    @Override
    public void acknowledge(Acknowledgement acknowledgement) {
      forward(
          Integer.toString(partition).getBytes(StandardCharsets.US_ASCII),
          acknowledgement.toBytes(),
          TandemTopology.ACKNOWLEDGEMENTS);
      FailPoint.APP_ACKNOWLEDGING.reached();
    }
  }
}
