package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowOverflowException;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.Rules;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.fault.FailPoint;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first half of the stream, for one partition of the log and its claims: drops repeats, rejects
 * what is not an event, folds the rest into partials by row, generation and tag.
 *
 * <p>Behind barrier E, events are parked until the claims of E are loaded; then they go on, in
 * order, some at a time ({@link #release}), so that a long queue does not outlast a transaction. An
 * event's tag in a row is the claims of its id with an epoch up to its generation and a scope that
 * contains the row.
 *
 * <p>Contributions gather in memory until {@link #drain}; the caller drains and then saves {@link
 * #state} before it commits the offsets of what it passed in, all in one transaction. Not
 * thread-safe.
 */
public final class FirstHalf {
  /** A few tens of megabytes at most. */
  private static final int MAX_BUFFERED = 20_000;

  /** What is released at once: some hundredths of a second. */
  private static final int RELEASE_STEP = 1_000;

  private final PipelineDefinition pipeline;
  private final int partition;
  private final LogEvents log;
  private final Rules rules;
  private final EventRows rows;
  private final Epochs epochs;
  private final Ids ids;
  private final Parking parking;
  private final Output output;

  // In the order in which they came, which is how they lie in memory.
  private final Map<RowKey, RowState> untagged = new LinkedHashMap<>();
  private final Map<Group, RowState> tagged = new LinkedHashMap<>();
  private final Map<Long, Long> live = new TreeMap<>();
  private final int releaseStep;
  private long position;
  private long generation;
  private long loaded;
  private long records;
  private long barriers;
  private long counted;
  private long claimed;
  private long duplicate;
  private long rejected;
  private long parked;
  private long parkedBarriers;
  private Ledger beforeBarrier = Ledger.ZERO;
  private boolean announce;
  private long seenDay;
  private byte[] seenThen = {};
  private boolean fresh;

  private record Group(RowKey key, Claims tag) {}

  /** What is remembered of event ids, a key-value store. */
  public interface Ids {
    byte @Nullable [] get(byte[] id);

    /**
     * @param id not to be changed
     * @param entry neither
     */
    void put(byte[] id, byte[] entry);
  }

  /** Records that wait, first in first out. */
  public interface Parking {
    void add(LogRecord record);

    /** The record that waits longest; there is one. */
    LogRecord removeFirst();
  }

  /** Takes what this half produces. */
  public interface Output {
    void contribution(RowKey key, Partial.Contribution contribution);

    /** All contributions so far must go before what comes next. */
    default void flush() {}

    /** To every partition of the partials. */
    void progress(Partial.Progress progress);

    void reject(LogRecord record, RejectReason reason, String error);

    /**
     * Each event once, in the order of the log, whoever counts it, before the rules change it; not
     * to be kept or changed.
     */
    default void asRead(Event event) {}

    /** The same event right after, rules applied. */
    default void admitted(Event event) {}
  }

  /**
   * @param partition of the log
   * @param savedState of {@link #state}; null at the very first start, which must be at the start
   *     of the log
   */
  public FirstHalf(
      PipelineDefinition pipeline,
      int partition,
      LogEvents log,
      Epochs epochs,
      Ids ids,
      Parking parking,
      Output output,
      byte @Nullable [] savedState) {
    this(pipeline, partition, log, epochs, ids, parking, output, savedState, RELEASE_STEP);
  }

  /**
   * @param releaseStep how many parked records {@link #release} lets go on at once
   */
  public FirstHalf(
      PipelineDefinition pipeline,
      int partition,
      LogEvents log,
      Epochs epochs,
      Ids ids,
      Parking parking,
      Output output,
      byte @Nullable [] savedState,
      int releaseStep) {
    this.pipeline = pipeline;
    this.partition = partition;
    this.log = log;
    this.rules = new Rules(pipeline);
    this.rows = new EventRows(pipeline);
    this.epochs = epochs;
    this.ids = ids;
    this.parking = parking;
    this.output = output;
    this.releaseStep = releaseStep;
    if (savedState != null) {
      restore(savedState);
    }
    this.fresh = records == 0 && generation == 0;
    updateLive(savedState == null ? Partial.Progress.FROM_THE_START : generation);
  }

  private void updateLive(long since) {
    Map<Long, Long> before = new TreeMap<>(live);
    live.clear();
    for (AggregateDefinition aggregate : pipeline.aggregates()) {
      live.put(aggregate.id(), before.getOrDefault(aggregate.id(), since));
    }
    announce = !live.equals(before);
  }

  /** Takes a record of the log, an event or a barrier. */
  public void onLog(LogRecord record) {
    if (fresh) {
      begin(record.offset());
    }
    records++;
    position = Math.max(position, record.offset() + 1);
    if (!mustWait()) {
      process(record);
      return;
    }
    parking.add(record);
    park(!LogEvents.isBarrier(record), 1);
    // Two for one: the queue becomes shorter also while records keep coming.
    release(2);
  }

  /** A log that has lost its first records has lost their barriers, too. */
  private void begin(long offset) {
    fresh = false;
    generation = offset == 0 ? 0 : epochs.passed(partition, offset);
    if (generation > 0) {
      announce = true;
    }
  }

  private boolean mustWait() {
    return generation > loaded || isParked();
  }

  private boolean isParked() {
    return parked + parkedBarriers > 0;
  }

  private void park(boolean event, int change) {
    if (event) {
      parked += change;
    } else {
      parkedBarriers += change;
    }
  }

  /** Takes the claims of one id. */
  public void onClaims(byte[] id, Claims claims) {
    IdEntry entry = IdEntry.fromBytes(ids.get(id));
    ids.put(id, entry.withClaims(claims).toBytes());
  }

  /** All claims of {@code epoch} in this partition have come; parked records begin to go on. */
  public void onClaimsEnd(long epoch) {
    loaded = Math.max(loaded, epoch);
    release();
  }

  /**
   * Whether parked records wait for nothing but {@link #release}, which should be called again soon
   * then, with commits between the calls. This holds also right after a restart.
   */
  public boolean canRelease() {
    return generation <= loaded && isParked();
  }

  /** Lets some of the parked records go on. */
  public void release() {
    release(releaseStep);
  }

  private void release(int most) {
    for (int i = 0; i < most && canRelease(); i++) {
      LogRecord record = parking.removeFirst();
      park(!LogEvents.isBarrier(record), -1);
      process(record);
      FailPoint.APP_PARKED_RELEASED.reached();
      if (isFull()) {
        drain();
      }
    }
  }

  private void process(LogRecord record) {
    if (LogEvents.isBarrier(record)) {
      barrier(record);
      return;
    }
    LogEvents.Admission admission = log.admit(record, partition);
    if (admission instanceof LogEvents.Admission.Valid valid) {
      event(record, valid.event());
    } else if (admission instanceof LogEvents.Admission.Invalid invalid) {
      rejected++;
      output.reject(record, invalid.reason(), invalid.error());
    }
  }

  private void barrier(LogRecord record) {
    long epoch;
    try {
      epoch = Long.parseLong(String.valueOf(record.barrier()));
    } catch (NumberFormatException e) {
      refuseBarrier(record, "the tandem-barrier header is not a number");
      return;
    }
    if (epoch <= generation) {
      refuseBarrier(record, "barrier of epoch " + epoch + " behind barrier of epoch " + generation);
    } else if (epochs.scope(epoch).isEmpty()) {
      refuseBarrier(record, "barrier of epoch " + epoch + ", which no backfill has started");
    } else if (epochs.barrier(epoch, partition).orElse(record.offset()) != record.offset()) {
      refuseBarrier(record, "barrier of epoch " + epoch + ", whose barrier lies elsewhere");
    } else {
      drain();
      barriers++;
      generation = epoch;
      beforeBarrier = ledger().withoutParked();
      output.progress(progress());
    }
  }

  /** A false barrier counts as an event: it is read and rejected. */
  private void refuseBarrier(LogRecord record, String error) {
    rejected++;
    output.reject(record, RejectReason.UNKNOWN_BARRIER, error);
  }

  private Partial.Progress progress() {
    return new Partial.Progress(partition, generation, Map.copyOf(live), beforeBarrier);
  }

  private void event(LogRecord record, Event event) {
    byte[] id = Objects.requireNonNull(record.key());
    IdEntry entry = IdEntry.fromBytes(ids.get(id));
    if (entry.seen()) {
      duplicate++;
      return;
    }
    ids.put(id, seenOn(Math.floorDiv(record.appendTime(), 86_400_000L), entry));
    output.asRead(event);
    rules.apply(event);
    output.admitted(event);
    if (entry.claims().isEmpty()) {
      counted++;
      long hash = Hashes.of(id);
      rows.forEach(event, (layout, key, window) -> add(layout, key, Claims.NONE, event, hash));
    } else {
      claimedEvent(event, Hashes.of(id), entry.claims());
    }
  }

  /** The bytes of an entry that is seen now: of nearly all, those of the last one. */
  private byte[] seenOn(long day, IdEntry entry) {
    if (!entry.claims().isEmpty()) {
      return entry.seenOn(day).toBytes();
    }
    if (seenDay != day || seenThen.length == 0) {
      seenDay = day;
      seenThen = IdEntry.UNKNOWN.seenOn(day).toBytes();
    }
    return seenThen;
  }

  private void claimedEvent(Event event, long hash, Claims claims) {
    boolean[] byBatch = {false};
    rows.forEach(
        event,
        (layout, key, window) -> {
          Claims tag =
              claims.filter(
                  c ->
                      c.epoch() <= generation
                          && scopeOf(c.epoch()).contains(key.definitionId(), window));
          byBatch[0] |= tag.countedByBatch(epoch -> true);
          add(layout, key, tag, event, hash);
        });
    if (byBatch[0]) {
      claimed++;
    } else {
      counted++;
    }
  }

  private Scope scopeOf(long epoch) {
    return epochs
        .scope(epoch)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "claims of epoch " + epoch + ", which no backfill has started"));
  }

  private void add(RowLayout layout, RowKey key, Claims tag, Event event, long hash) {
    RowState state =
        tag.isEmpty()
            ? untagged.computeIfAbsent(key, k -> new RowState(layout))
            : tagged.computeIfAbsent(new Group(key, tag), g -> new RowState(layout));
    try {
      state.add(event, hash);
    } catch (RowOverflowException e) {
      throw e.in(key);
    }
  }

  /** How many partials wait to be drained. */
  public int buffered() {
    return untagged.size() + tagged.size();
  }

  /** Whether so many partials wait that they should be drained before the next commit. */
  public boolean isFull() {
    return buffered() >= MAX_BUFFERED;
  }

  /** Passes on all contributions, and which definitions are live when that has changed. */
  public void drain() {
    untagged.forEach(
        (key, state) ->
            output.contribution(key, new Partial.Contribution(generation, Claims.NONE, state)));
    untagged.clear();
    tagged.forEach(
        (group, state) ->
            output.contribution(group.key, new Partial.Contribution(generation, group.tag, state)));
    tagged.clear();
    output.flush();
    if (announce) {
      output.progress(progress());
      announce = false;
    }
  }

  /** Whether {@link #drain} has something to pass on. */
  public boolean hasOutput() {
    return announce || buffered() > 0;
  }

  /**
   * What became of the events so far. What was read is counted where records come in, apart from
   * what becomes of them: one that got lost between shows as a difference.
   */
  public Ledger ledger() {
    long read = records - barriers - parkedBarriers;
    return new Ledger(read, counted, claimed, duplicate, rejected, parked);
  }

  /** Epoch of the last barrier passed, 0 before the first. */
  public long generation() {
    return generation;
  }

  /** Where this half stands; contributions may wait to be drained. */
  public FirstHalfState standing() {
    return new FirstHalfState(
        position, generation, loaded, ledger(), barriers, parkedBarriers, live, beforeBarrier);
  }

  /**
   * The entry of an id without a sighting from before {@code firstDay} (days since the epoch, by
   * append time): empty when nothing is left to remember.
   */
  public static Optional<byte[]> forgetBefore(byte[] entry, long firstDay) {
    return IdEntry.fromBytes(entry).forgetBefore(firstDay).map(IdEntry::toBytes);
  }

  /** Whether backfills have said something of the id of an entry. */
  public static boolean isClaimed(byte[] entry) {
    return IdEntry.isClaimed(entry);
  }

  /** On which day, since the epoch, the id of an entry was appended; empty when it never was. */
  public static OptionalLong dayOf(byte[] entry) {
    IdEntry read = IdEntry.fromBytes(entry);
    return read.seen() ? OptionalLong.of(read.day()) : OptionalLong.empty();
  }

  /** What a restart needs, beside the stores; contributions must have been drained. */
  public byte[] state() {
    if (buffered() > 0) {
      throw new IllegalStateException(buffered() + " partials are not drained");
    }
    return standing().toBytes(partition);
  }

  private void restore(byte[] savedState) {
    FirstHalfState state = FirstHalfState.fromBytes(savedState);
    position = state.position();
    generation = state.generation();
    loaded = state.loaded();
    records = state.records();
    barriers = state.barriers();
    Ledger ledger = state.ledger();
    counted = ledger.counted();
    claimed = ledger.claimed();
    duplicate = ledger.duplicate();
    rejected = ledger.rejected();
    parked = ledger.parked();
    parkedBarriers = state.parkedBarriers();
    live.putAll(state.live());
    beforeBarrier = state.beforeBarrier();
  }
}
