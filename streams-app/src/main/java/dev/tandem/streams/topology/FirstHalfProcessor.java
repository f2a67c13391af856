package dev.tandem.streams.topology;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.decision.ClosedHour;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.fault.FailPoint;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.Claims;
import dev.tandem.core.reconcile.EndMarker;
import dev.tandem.core.reconcile.Epochs;
import dev.tandem.core.reconcile.FirstHalf;
import dev.tandem.core.reconcile.LogEvents;
import dev.tandem.core.reconcile.LogRecord;
import dev.tandem.core.reconcile.Partial;
import dev.tandem.core.reconcile.PartialBatches;
import dev.tandem.core.row.RowKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Carries {@link FirstHalf} in a task: records in, partials and rejected records out. */
final class FirstHalfProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  /** Of records that are not of one row. */
  private static final byte[] NO_ROW = {0};

  private static final Duration SOON = Duration.ofMillis(10);

  private final PipelineDefinition pipeline;
  private final Topics topics;
  private final TandemTopology.Options options;
  private final Epochs epochs;
  private final TaskBoard board;
  private final Lineage lineage;

  // Made anew whenever the task is.
  private ProcessorContext<byte[], byte[]> context;
  private SavedState saved;
  private TakenInputs taken;
  private StoredIds ids;
  private FirstHalf half;
  private HourSignals signals;
  private int partition;
  private @Nullable Cancellable releasing;
  private CommitPace pace;
  private long appended;
  private boolean committing;

  @SuppressWarnings("NullAway.Init") // init comes first
  FirstHalfProcessor(
      PipelineDefinition pipeline,
      TandemTopology.Options options,
      Epochs epochs,
      TaskBoard board,
      Lineage lineage) {
    this.pipeline = pipeline;
    this.topics = Topics.of(pipeline);
    this.options = options;
    this.epochs = epochs;
    this.board = board;
    this.lineage = lineage;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    partition = context.taskId().partition();
    pace = new CommitPace(context, options.commitInterval());
    appended = 0;
    KeyValueStore<byte[], byte[]> state = context.getStateStore(StateStores.FIRST_HALF_STATE);
    saved = new SavedState(state);
    taken =
        new TakenInputs(
            state,
            partition,
            saved.get() == null,
            Set.of(topics.events(), topics.claims()),
            TakenInputs.others(
                topics, outputs(), TandemTopology.firstHalfStores(pipeline).toArray(String[]::new)),
            lineage);
    KeyValueStore<byte[], byte[]> eventIds = context.getStateStore(StateStores.EVENT_IDS);
    ids = new StoredIds(eventIds, options.idRetention());
    half =
        new FirstHalf(
            pipeline,
            partition,
            new LogEvents(pipeline, id -> Partitioning.ofEvent(id, options.partitions())),
            epochs,
            ids,
            new StoredParking(context.getStateStore(StateStores.PARKED)),
            new Forward(),
            saved.get());
    signals =
        pipeline.decisions().isEmpty()
            ? HourSignals.none()
            : HourSignals.of(
                pipeline,
                partition,
                half.standing().position(),
                context.getStateStore(StateStores.SIGNALS),
                board.decisions(),
                this::closed);
    CommitHook hook = context.getStateStore(StateStores.FIRST_HALF_COMMIT);
    hook.beforeCommit(context, this::beforeCommit);
    if (half.hasOutput()) {
      pace.soon();
    }
    releasing = null;
    releaseSoon();
    options
        .idRetention()
        .ifPresent(retention -> new IdExpiry(eventIds, retention, ids::flush).schedule(context));
    board.log(partition, half.standing());
  }

  /** What the half cannot do without, beside its inputs and state. */
  private Set<String> outputs() {
    return pipeline.decisions().isEmpty()
        ? Set.of(topics.partials(), topics.runs())
        : Set.of(topics.partials(), topics.runs(), topics.signals());
  }

  private void closed(ClosedHour hour) {
    byte[] key = Integer.toString(partition).getBytes(StandardCharsets.US_ASCII);
    context.forward(new Record<>(key, hour.toBytes(), newestAppended()), TandemTopology.TO_SIGNALS);
  }

  /** Of the records so far: what comes of them is as old. */
  private long newestAppended() {
    return Math.min(appended, context.currentSystemTimeMs());
  }

  /**
   * Has parked records go on some at a time, in calls between which the task may commit: all at
   * once they could take longer than a transaction may last.
   */
  private void releaseSoon() {
    if (releasing == null && half.canRelease()) {
      releasing = context.schedule(SOON, PunctuationType.WALL_CLOCK_TIME, now -> release());
    }
  }

  private void release() {
    half.release();
    pace.again();
    if (releasing != null && !half.canRelease()) {
      releasing.cancel();
      releasing = null;
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (committing) {
      committing = false;
      FailPoint.APP_COMMITTED.reached();
    }
    RecordMetadata metadata = context.recordMetadata().orElseThrow();
    if (!taken.take(metadata)) {
      return;
    }
    pace.took(record.timestamp());
    if (metadata.topic().equals(topics.claims())) {
      claims(record);
    } else {
      appended = Math.max(appended, record.timestamp());
      half.onLog(
          new LogRecord(
              metadata.offset(),
              record.timestamp(),
              record.key(),
              record.value(),
              barrier(record)));
    }
    if (half.isFull()) {
      half.drain();
    }
    releaseSoon();
  }

  private void claims(Record<byte[], byte[]> record) {
    OptionalLong end = EndMarker.epoch(record.key());
    if (end.isPresent()) {
      FailPoint.APP_CLAIMS_COMPLETE.reached();
      half.onClaimsEnd(end.getAsLong());
    } else if (record.value() != null) {
      half.onClaims(record.key(), Claims.read(Bytes.reader(record.value())));
      FailPoint.APP_CLAIM.reached();
    }
  }

  private static @Nullable String barrier(Record<byte[], byte[]> record) {
    if (record.value() != null) {
      return null;
    }
    Header header = record.headers().lastHeader(Topics.BARRIER_HEADER);
    if (header == null) {
      return null;
    }
    return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private void beforeCommit() {
    pace.committing();
    half.drain();
    ids.flush();
    signals.save(half.standing().position());
    taken.save();
    if (saved.save(half.state())) {
      board.log(partition, half.standing());
    }
    committing = true;
    FailPoint.APP_COMMIT_PREPARED.reached();
  }

  @Override
  public void close() {
    board.logClosed(partition);
  }

  /** Sends what the half produces to the children of this node. */
  private final class Forward implements FirstHalf.Output {
    private final PartialBatches batches =
        new PartialBatches(
            options.partitions(),
            key -> Partitioning.ofRow(key, options.partitions()),
            batch -> partial(batch, newestAppended()));

    @Override
    public void contribution(RowKey key, Partial.Contribution contribution) {
      batches.add(key, contribution);
      FailPoint.APP_DRAINING_PARTIALS.reached();
    }

    @Override
    public void flush() {
      batches.flush();
    }

    @Override
    public void progress(Partial.Progress progress) {
      partial(progress.toBytes(), context.currentSystemTimeMs());
      FailPoint.APP_BARRIER.reached();
    }

    private void partial(byte[] value, long time) {
      context.forward(new Record<>(NO_ROW, value, time), TandemTopology.TO_PARTIALS);
    }

    @Override
    public void asRead(Event event) {
      signals.asRead(event);
    }

    @Override
    public void admitted(Event event) {
      signals.admitted(event);
    }

    @Override
    public void reject(LogRecord record, RejectReason reason, String error) {
      signals.rejected();
      String source = topics.events() + "-" + partition + "@" + record.offset();
      Headers headers = new RecordHeaders();
      headers.add(Topics.REASON_HEADER, utf8(reason.code()));
      headers.add(Topics.ERROR_HEADER, utf8(error));
      headers.add(Topics.SOURCE_HEADER, utf8(source));
      context.forward(
          new Record<>(utf8(source), record.value(), context.currentSystemTimeMs(), headers),
          TandemTopology.REJECTED);
    }

    private byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
