package dev.tandem.core.reconcile.simulation;

import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.reconcile.Acknowledgement;
import dev.tandem.core.reconcile.ClaimEntry;
import dev.tandem.core.reconcile.Claims;
import dev.tandem.core.reconcile.CommittedEpochs;
import dev.tandem.core.reconcile.EndMarker;
import dev.tandem.core.reconcile.LiveRow;
import dev.tandem.core.reconcile.Partial;
import dev.tandem.core.reconcile.PartialBatches;
import dev.tandem.core.reconcile.SecondHalf;
import dev.tandem.core.reconcile.simulation.World.Published;
import dev.tandem.core.reconcile.simulation.World.Sent;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Carries {@link SecondHalf} for one partition of the rows. */
final class SecondTask extends Task {
  private static final long FLUSH_MILLIS = 1000;

  private final int partition;
  private final Set<RowKey> changed = new HashSet<>();
  private Stores stores;
  private Stores saved;
  private byte @Nullable [] savedState;
  private EventRows definitions;
  private SecondHalf half;

  /** What queries take for committed. */
  private CommittedEpochs view = new CommittedEpochs();

  /** Stores and input positions. */
  private static final class Stores {
    private Map<RowKey, byte[]> rows = new HashMap<>();
    private Set<RowKey> tagged = new HashSet<>();
    private int[] partials;
    private int corrections;

    Stores(int partitions) {
      this.partials = new int[partitions];
    }

    Stores copy() {
      Stores copy = new Stores(0);
      copy.rows = new HashMap<>(rows);
      copy.tagged = new HashSet<>(tagged);
      copy.partials = partials.clone();
      copy.corrections = corrections;
      return copy;
    }
  }

  SecondTask(World world, int partition) {
    super(world, "second half " + partition);
    this.partition = partition;
    this.stores = new Stores(world.partitions);
    this.saved = new Stores(world.partitions);
    this.definitions = new EventRows(world.pipeline);
    this.half = make();
  }

  private SecondHalf make() {
    SecondHalf made =
        new SecondHalf(
            partition,
            world.partitions,
            FLUSH_MILLIS,
            definitions,
            new Rows(),
            new Output(),
            savedState);
    for (RowKey key : List.copyOf(stores.rows.keySet())) {
      if (definitions.layout(key.definitionId()).isEmpty()) {
        retire(key);
      } else if (LiveRow.isPending(stores.rows.get(key))) {
        made.resume(key);
      }
    }
    return made;
  }

  /** A row of a definition that the pipeline no longer has. */
  private void retire(RowKey key) {
    stores.rows.remove(key);
    stores.tagged.remove(key);
    onCommit(() -> world.published.remove(key));
  }

  /** Sometimes the buffer is full, and rows are written before the commit. */
  @Override
  boolean consume() {
    boolean consumed = consumeOne();
    if (world.chance(.1)) {
      drain();
    }
    return consumed;
  }

  private boolean consumeOne() {
    List<BooleanSupplier> sources = new ArrayList<>();
    if (stores.corrections < world.corrections.get(partition).size()) {
      sources.add(this::consumeCorrection);
    }
    for (int p = 0; p < world.partitions; p++) {
      int source = p;
      if (stores.partials[p] < world.partials.get(partition).get(p).size()) {
        sources.add(() -> consumePartial(source));
      }
    }
    return any(sources);
  }

  private boolean consumePartial(int source) {
    Sent record = world.partials.get(partition).get(source).get(stores.partials[source]++);
    if (Partial.isProgress(record.value())) {
      half.onProgress(Partial.readProgress(record.value()));
    } else if (world.fault == Fault.NO_DROP || world.fault == Fault.LATE_UNLESS) {
      PartialBatches.read(
          record.value(), (key, bytes) -> half.onContribution(key, faulty(key, bytes.getRest())));
    } else {
      half.onBatch(record.value());
    }
    return true;
  }

  /** What the planted fault makes of a contribution. */
  private byte[] faulty(RowKey key, byte[] contribution) {
    if (definitions.layout(key.definitionId()).isEmpty()) {
      return contribution;
    }
    Partial.Contribution c =
        Partial.readContribution(
            definitions.layout(key.definitionId()).orElseThrow(), contribution);
    if (world.fault == Fault.LATE_UNLESS) {
      // Epochs are even, and the end of one is told as the end of the odd number before it, too.
      List<ClaimEntry> entries =
          c.tag().entries().stream().map(e -> new ClaimEntry(e.epoch() - 1, e.claim())).toList();
      return new Partial.Contribution(c.generation(), new Claims(entries), c.state()).toBytes();
    }
    half.drain(world.clock);
    byte[] row = stores.rows.get(key);
    long correctedBy = row == null ? 0 : row(key, row).epoch();
    return new Partial.Contribution(Math.max(c.generation(), correctedBy), c.tag(), c.state())
        .toBytes();
  }

  private boolean consumeCorrection() {
    Sent record = world.corrections.get(partition).get(stores.corrections++);
    OptionalLong end = EndMarker.epoch(record.key());
    if (end.isPresent()) {
      if (world.fault == Fault.LATE_UNLESS) {
        half.onEnd(end.getAsLong() - 1);
      }
      half.onEnd(end.getAsLong());
    } else {
      half.onCorrection(RowKey.of(record.key()), record.value());
    }
    return true;
  }

  @Override
  void drain() {
    half.drain(world.clock);
  }

  @Override
  void save() {
    if (half.buffered() == 0) {
      savedState = half.state();
    }
    saved = stores.copy();
    view = CommittedEpochs.fromBytes(half.committed().toBytes());
    changed.addAll(stores.tagged);
  }

  @Override
  void restart(PipelineDefinition pipeline) {
    stores = saved.copy();
    definitions = new EventRows(pipeline);
    half = make();
    view = CommittedEpochs.fromBytes(half.committed().toBytes());
  }

  /** Passes what is served of every row in the store that has changed since the last call. */
  void check(java.util.function.BiConsumer<RowKey, RowState> consumer) {
    for (RowKey key : changed) {
      byte[] bytes = stores.rows.get(key);
      if (bytes != null) {
        consumer.accept(key, row(key, bytes).served(view));
      }
    }
    changed.clear();
  }

  private LiveRow row(RowKey key, byte[] bytes) {
    return LiveRow.fromBytes(definitions.layout(key.definitionId()).orElseThrow(), bytes);
  }

  /** By definition id in hexadecimal digits, since which generation it is counted. */
  Map<String, Long> live() {
    return half.live();
  }

  private final class Rows implements SecondHalf.Rows {
    @Override
    public byte @Nullable [] get(RowKey key) {
      return stores.rows.get(key);
    }

    @Override
    public void put(RowKey key, byte @Nullable [] before, byte[] row) {
      if (!Arrays.equals(before, stores.rows.get(key))) {
        throw new IllegalStateException("not what was there before: " + key);
      }
      stores.rows.put(key, row);
      changed.add(key);
    }

    @Override
    public void tagged(RowKey key, boolean tagged) {
      if (tagged) {
        stores.tagged.add(key);
      } else {
        stores.tagged.remove(key);
      }
    }

    @Override
    public Iterable<RowKey> tagged() {
      return List.copyOf(stores.tagged);
    }
  }

  private final class Output implements SecondHalf.Output {
    @Override
    public void row(
        RowKey key, LiveRow row, RowState served, long generation, @Nullable RowState before) {
      Published value =
          new Published(served.copy(), generation, before == null ? null : before.copy());
      onCommit(
          () -> {
            world.published.put(key, value);
            world.fresh.add(key);
          });
    }

    @Override
    public void acknowledge(Acknowledgement a) {
      byte[] bytes = a.toBytes();
      onCommit(() -> world.acknowledgements.put(partition, Acknowledgement.fromBytes(bytes)));
    }
  }
}
