package dev.tandem.core.reconcile.simulation;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.reconcile.Claims;
import dev.tandem.core.reconcile.EndMarker;
import dev.tandem.core.reconcile.FirstHalf;
import dev.tandem.core.reconcile.Ledger;
import dev.tandem.core.reconcile.LogEvents;
import dev.tandem.core.reconcile.LogRecord;
import dev.tandem.core.reconcile.Partial;
import dev.tandem.core.reconcile.PartialBatches;
import dev.tandem.core.reconcile.Scope;
import dev.tandem.core.reconcile.simulation.World.Sent;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Carries {@link FirstHalf} for one partition of the log and its claims. */
final class FirstTask extends Task {
  private static final int RELEASE_STEP = 2;

  private final int partition;
  private Stores stores = new Stores();
  private Stores saved = new Stores();
  private byte @Nullable [] savedState;
  private FirstHalf half;

  /** Stores and input positions. */
  private static final class Stores implements FirstHalf.Parking {
    private Map<ByteBuffer, byte[]> ids = new HashMap<>();
    private List<LogRecord> parked = new ArrayList<>();
    private int log;
    private int claims;

    Stores copy() {
      Stores copy = new Stores();
      copy.ids = new HashMap<>(ids);
      copy.parked = new ArrayList<>(parked);
      copy.log = log;
      copy.claims = claims;
      return copy;
    }

    @Override
    public void add(LogRecord record) {
      parked.add(LogRecord.fromBytes(record.toBytes()));
    }

    @Override
    public LogRecord removeFirst() {
      return parked.remove(0);
    }
  }

  FirstTask(World world, int partition) {
    super(world, "first half " + partition);
    this.partition = partition;
    this.half = make(world.pipeline);
  }

  private FirstHalf make(PipelineDefinition pipeline) {
    return new FirstHalf(
        pipeline,
        partition,
        new LogEvents(pipeline, world::eventPartition),
        this::scope,
        new Ids(),
        stores,
        new Output(),
        savedState,
        RELEASE_STEP);
  }

  private Optional<Scope> scope(long epoch) {
    return Optional.ofNullable(world.started.get(epoch)).map(this::faulty);
  }

  private Scope faulty(Scope scope) {
    return switch (world.fault) {
      case NO_RANGE -> new Scope(TimeRange.ALL, scope.definitions());
      case NO_SCOPE_OF_DEFINITIONS -> new Scope(scope.range(), Trips.DEFINITIONS);
      default -> scope;
    };
  }

  @Override
  boolean consume() {
    List<BooleanSupplier> sources = new ArrayList<>();
    if (stores.claims < world.claims.get(partition).size()) {
      sources.add(this::consumeClaim);
    }
    if (stores.log < world.log.get(partition).size()) {
      sources.add(this::consumeLog);
    }
    if (half.canRelease()) {
      sources.add(this::release);
    }
    return any(sources);
  }

  private boolean consumeLog() {
    LogRecord record = world.log.get(partition).get(stores.log++);
    half.onLog(record);
    if (world.fault == Fault.NO_WAIT && LogEvents.isBarrier(record)) {
      half.onClaimsEnd(half.generation());
    }
    return true;
  }

  private boolean release() {
    half.release();
    return true;
  }

  private boolean consumeClaim() {
    Sent record = world.claims.get(partition).get(stores.claims++);
    OptionalLong end = EndMarker.epoch(record.key());
    if (end.isPresent()) {
      half.onClaimsEnd(end.getAsLong());
    } else {
      half.onClaims(record.key(), Claims.read(Bytes.reader(record.value())));
    }
    return true;
  }

  @Override
  void drain() {
    half.drain();
  }

  @Override
  void save() {
    if (half.buffered() == 0) {
      savedState = half.state();
    }
    saved = stores.copy();
    if (!half.ledger().balances()) {
      throw new Broken("partition " + partition + " of the log: " + half.ledger());
    }
  }

  @Override
  void restart(PipelineDefinition pipeline) {
    stores = saved.copy();
    half = make(pipeline);
  }

  Ledger ledger() {
    return half.ledger();
  }

  private final class Ids implements FirstHalf.Ids {
    @Override
    public byte @Nullable [] get(byte[] id) {
      return stores.ids.get(ByteBuffer.wrap(id));
    }

    @Override
    public void put(byte[] id, byte[] entry) {
      if (world.fault != Fault.NO_IDS) {
        stores.ids.put(ByteBuffer.wrap(id), entry);
      }
    }
  }

  private final class Output implements FirstHalf.Output {
    private final PartialBatches batches =
        new PartialBatches(world.partitions, world::rowPartition, this::batch);

    @Override
    public void contribution(RowKey key, Partial.Contribution c) {
      Claims tag = world.fault == Fault.NO_CLAIMS ? Claims.NONE : c.tag();
      batches.add(key, new Partial.Contribution(c.generation(), tag, c.state()));
    }

    @Override
    public void flush() {
      batches.flush();
    }

    private void batch(byte[] bytes) {
      Sent sent = new Sent(null, bytes);
      int rows = PartialBatches.partition(bytes);
      onCommit(() -> world.partials.get(rows).get(partition).add(sent));
    }

    @Override
    public void progress(Partial.Progress progress) {
      Sent sent = new Sent(null, progress.toBytes());
      onCommit(() -> world.partials.forEach(rows -> rows.get(partition).add(sent)));
    }

    @Override
    public void reject(LogRecord record, RejectReason reason, String error) {
      onCommit(() -> world.rejected[partition]++);
    }
  }
}
