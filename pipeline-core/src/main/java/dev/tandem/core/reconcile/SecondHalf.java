package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowOverflowException;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The second half of the stream, for one partition of the rows: merges partials and corrections
 * into rows and publishes what changed.
 *
 * <p>Changed rows gather in memory until {@link #drain}, which writes them to the store and
 * publishes them: a row at once when it was not published within the last flush interval, else when
 * that is over. The caller drains and then saves {@link #state} before it commits, all in one
 * transaction. Not thread-safe.
 */
public final class SecondHalf {
  /** Of the state; in version 1 it did not say which definitions are counted. */
  private static final int VERSION = 2;

  private final int partition;
  private final int logPartitions;
  private final long flushMillis;
  private final EventRows definitions;
  private final Rows rows;
  private final Output output;

  /** Rows that were touched since the last drain, and those published in a flush interval. */
  private final Map<RowKey, Row> known = new HashMap<>();

  private final List<Row> touched = new ArrayList<>();
  private final ArrayDeque<Row> published = new ArrayDeque<>();
  private final Set<RowKey> pending = new HashSet<>();
  private final Bytes scratch = Bytes.writer();

  private final Map<Integer, Partial.Progress> progress = new TreeMap<>();
  private final CommittedEpochs committed;
  private final Map<Long, Long> live = new TreeMap<>();
  private long newestCorrection;
  private boolean acknowledge;

  /** Rows by key, and the keys of those whose served value a commit can change. */
  public interface Rows {
    byte @Nullable [] get(RowKey key);

    /** What {@link #get} gives of each, in the order of {@code keys}. */
    default List<byte @Nullable []> getAll(List<RowKey> keys) {
      List<byte @Nullable []> rows = new ArrayList<>(keys.size());
      keys.forEach(key -> rows.add(get(key)));
      return rows;
    }

    /**
     * @param before as {@link #get} gave it since it was put last
     */
    void put(RowKey key, byte @Nullable [] before, byte[] row);

    /** All that were put must be there now. */
    default void flush() {}

    /** Remembers, or forgets, that a row has tagged contributions. */
    void tagged(RowKey key, boolean tagged);

    Iterable<RowKey> tagged();
  }

  /** Takes what this half produces. */
  public interface Output {
    /**
     * A row's value has changed.
     *
     * @param served what to serve; empty: the row does not exist (any more)
     * @param generation barrier that {@code before} is the value of
     * @param before the value without what came behind that barrier; null when that is {@code
     *     served}
     */
    void row(RowKey key, LiveRow row, RowState served, long generation, @Nullable RowState before);

    void acknowledge(Acknowledgement acknowledgement);
  }

  /** A row that is known of. */
  private static final class Row {
    final RowKey key;
    @Nullable Touched touched;

    /** How often it is in {@link #published}; 0: not published within a flush interval. */
    int publications;

    /** When it was last. */
    long publishedAt;

    Row(RowKey key) {
      this.key = key;
    }
  }

  /** A row in memory, and what was published of it. */
  private record Touched(
      byte @Nullable [] before, LiveRow row, boolean wasTagged, LiveRow.Identity published) {}

  /** A contribution to a row, as it came. */
  private record Written(Row row, RowLayout layout, Bytes contribution) {}

  /**
   * @param partition of the rows
   * @param logPartitions how many partitions the log has
   * @param flushMillis a row is published at most once in so many milliseconds
   * @param definitions those that are in the pipeline; what comes of others is dropped
   * @param savedState of {@link #state}, null at the first start, which must be at the start of
   *     partials and corrections
   */
  public SecondHalf(
      int partition,
      int logPartitions,
      long flushMillis,
      EventRows definitions,
      Rows rows,
      Output output,
      byte @Nullable [] savedState) {
    this.partition = partition;
    this.logPartitions = logPartitions;
    this.flushMillis = flushMillis;
    this.definitions = definitions;
    this.rows = rows;
    this.output = output;
    this.committed = savedState == null ? new CommittedEpochs() : restore(savedState);
    updateLive(savedState == null ? Partial.Progress.FROM_THE_START : newestSeen());
  }

  /**
   * A definition that comes (back) may have missed whatever came here before: rows of definitions
   * that the pipeline does not have are dropped.
   */
  private void updateLive(long since) {
    Map<Long, Long> before = new TreeMap<>(live);
    live.clear();
    definitions.definitions().forEach(id -> live.put(id, before.getOrDefault(id, since)));
    acknowledge = !live.equals(before);
  }

  /** The newest generation or epoch of which anything has come. */
  private long newestSeen() {
    return Math.max(newestGeneration(), Math.max(newestCorrection, committed.newest()));
  }

  /** Takes up a row that was changed but not published before a restart. */
  public void resume(RowKey key) {
    pending.add(key);
  }

  /**
   * Takes a contribution; one of a definition that is no longer in the pipeline is dropped, its
   * rows are gone.
   */
  public void onContribution(RowKey key, byte[] bytes) {
    definitions
        .layout(key.definitionId())
        .ifPresent(
            layout -> {
              Written one = new Written(row(key), layout, Bytes.reader(bytes));
              readRows(List.of(one));
              merge(one);
            });
  }

  /** Takes the contributions of a batch, see {@link PartialBatches}, in their order. */
  public void onBatch(byte[] batch) {
    List<Written> contributions = new ArrayList<>();
    PartialBatches.read(
        batch,
        (key, written) ->
            definitions
                .layout(key.definitionId())
                .ifPresent(layout -> contributions.add(new Written(row(key), layout, written))));
    readRows(contributions);
    contributions.forEach(this::merge);
  }

  /** All rows at once, which costs less than one by one. */
  private void readRows(List<Written> contributions) {
    List<Written> firsts = new ArrayList<>();
    List<RowKey> keys = new ArrayList<>();
    for (Written of : contributions) {
      if (of.row.touched == null) {
        firsts.add(of);
        keys.add(of.row.key);
      }
    }
    List<byte @Nullable []> read = rows.getAll(keys);
    for (int i = 0; i < keys.size(); i++) {
      Written of = firsts.get(i);
      if (of.row.touched == null) {
        touch(of.row, of.layout, read.get(i));
      }
    }
  }

  private void merge(Written of) {
    Bytes in = Partial.startContribution(of.contribution);
    long generation = in.getUnsigned();
    Claims tag = Claims.read(in);
    try {
      Objects.requireNonNull(of.row.touched).row.mergeWritten(generation, tag, in, committed);
    } catch (RowOverflowException e) {
      throw e.in(of.row.key);
    }
  }

  public void onProgress(Partial.Progress newer) {
    progress.put(newer.partition(), newer);
    acknowledge = true;
  }

  public void onCorrection(RowKey key, byte[] bytes) {
    newestCorrection = Math.max(newestCorrection, Correction.epoch(bytes));
    definitions
        .layout(key.definitionId())
        .ifPresent(
            layout -> {
              Correction correction = Correction.fromBytes(layout, bytes);
              touch(key, layout).correct(correction.epoch(), correction.state(), committed);
            });
  }

  /** All corrections of {@code epoch} in this partition have come: it is committed. */
  public void onEnd(long epoch) {
    for (RowKey key : rows.tagged()) {
      definitions.layout(key.definitionId()).ifPresent(layout -> touch(key, layout));
    }
    committed.add(epoch);
    acknowledge = true;
  }

  /** Has the next {@link #drain} acknowledge once more, for those who have lost what it said. */
  public void acknowledgeAgain() {
    acknowledge = true;
  }

  private Row row(RowKey key) {
    return known.computeIfAbsent(key, Row::new);
  }

  private LiveRow touch(RowKey key, RowLayout layout) {
    Row of = row(key);
    Touched found = of.touched;
    return (found == null ? touch(of, layout, rows.get(key)) : found).row;
  }

  private Touched touch(Row of, RowLayout layout, byte @Nullable [] bytes) {
    LiveRow row = bytes == null ? new LiveRow(layout) : LiveRow.fromBytes(layout, bytes);
    Touched found = new Touched(bytes, row, row.isTagged(), row.identity(committed));
    row.settle(committed);
    of.touched = found;
    touched.add(of);
    return found;
  }

  /** How many rows wait to be drained. */
  public int buffered() {
    return touched.size();
  }

  /** Whether rows wait for the end of their flush interval, or an acknowledgement to be sent. */
  public boolean hasPending() {
    return acknowledge || !pending.isEmpty();
  }

  /**
   * Writes touched rows to the store and publishes those that are due; all of them, and an
   * acknowledgement behind them, when a barrier, a commit or a definition has come through.
   *
   * @param now milliseconds of any clock that does not jump far
   */
  public void drain(long now) {
    forgetPublications(now);
    for (RowKey key : Set.copyOf(pending)) {
      if (acknowledge || isDue(key)) {
        definitions
            .layout(key.definitionId())
            .ifPresentOrElse(layout -> touch(key, layout), () -> pending.remove(key));
      }
    }
    // Neighbours one after the other are written and compressed for less.
    touched.sort(Comparator.comparing(row -> row.key));
    for (Row row : touched) {
      try {
        write(row, now);
      } catch (RowOverflowException e) {
        throw e.in(row.key);
      }
    }
    touched.clear();
    rows.flush();
    if (acknowledge) {
      output.acknowledge(acknowledgement());
      acknowledge = false;
    }
  }

  private void forgetPublications(long now) {
    // One that was published again since is over, too: it stands once more behind.
    for (Row row = published.peekFirst();
        row != null && (row.publications > 1 || isOver(row.publishedAt, now));
        row = published.peekFirst()) {
      published.removeFirst();
      row.publications--;
      forget(row);
    }
  }

  private void forget(Row row) {
    if (row.touched == null && row.publications == 0) {
      known.remove(row.key);
    }
  }

  private boolean isOver(long since, long now) {
    return now - since >= flushMillis || now < since;
  }

  private boolean isDue(RowKey key) {
    Row row = known.get(key);
    return row == null || row.publications == 0;
  }

  private void write(Row of, long now) {
    RowKey key = of.key;
    Touched t = Objects.requireNonNull(of.touched);
    of.touched = null;
    LiveRow row = t.row;
    row.settle(committed);
    boolean changed = row.pending() || !row.identity(committed).equals(t.published);
    boolean publish = changed && (acknowledge || of.publications == 0);
    row.pending(changed && !publish);
    if (row.pending()) {
      pending.add(key);
    } else {
      pending.remove(key);
    }
    scratch.clear();
    row.write(scratch);
    rows.put(key, t.before, scratch.toArray());
    if (row.isTagged() != t.wasTagged) {
      rows.tagged(key, row.isTagged());
    }
    if (publish) {
      publish(key, row);
      of.publishedAt = now;
      of.publications++;
      published.addLast(of);
    }
    forget(of);
  }

  private void publish(RowKey key, LiveRow row) {
    long newest = newestGeneration();
    RowState before =
        newest > 0 && row.hasRecentSince(newest) ? row.servedBefore(newest, committed) : null;
    output.row(key, row, row.served(committed), newest, before);
  }

  private long newestGeneration() {
    long newest = 0;
    for (Partial.Progress p : progress.values()) {
      newest = Math.max(newest, p.generation());
    }
    return newest;
  }

  private Acknowledgement acknowledgement() {
    boolean complete = progress.size() == logPartitions;
    long generation =
        progress.values().stream().mapToLong(Partial.Progress::generation).min().orElse(-1);
    return new Acknowledgement(
        partition,
        complete ? generation : -1,
        committed.asSet(),
        complete ? live() : Map.of(),
        complete ? ledgers(generation) : Map.of());
  }

  /** Of a partition of the log that has passed a later barrier, the one before is not known. */
  private Map<Integer, Ledger> ledgers(long generation) {
    Map<Integer, Ledger> ledgers = new TreeMap<>();
    for (Partial.Progress p : progress.values()) {
      if (p.generation() == generation) {
        ledgers.put(p.partition(), p.ledger());
      }
    }
    return ledgers;
  }

  /**
   * Definitions (16 hexadecimal digits) that are counted here and in every partition of the log,
   * since the latest of their generations.
   */
  public Map<String, Long> live() {
    Map<String, Long> everywhere = new TreeMap<>();
    live.forEach(
        (id, since) -> {
          long latest = since;
          int heard = 0;
          for (Partial.Progress p : progress.values()) {
            Long there = p.live().get(id);
            heard += there == null ? 0 : 1;
            latest = there == null ? latest : Math.max(latest, there);
          }
          if (heard == logPartitions) {
            everywhere.put(HexFormat.of().toHexDigits(id), latest);
          }
        });
    return everywhere;
  }

  /** The committed epochs; not to be changed. */
  public CommittedEpochs committed() {
    return committed;
  }

  /** What a restart needs, beside the store; rows must have been drained. */
  public byte[] state() {
    if (!touched.isEmpty()) {
      throw new IllegalStateException(touched.size() + " rows are not drained");
    }
    Bytes out = Bytes.writer();
    out.putByte(VERSION);
    out.putBlock(committed.toBytes());
    out.putUnsigned(progress.size());
    progress.values().forEach(p -> out.putBlock(p.toBytes()));
    out.putUnsigned(newestCorrection);
    out.putUnsigned(live.size());
    live.forEach(
        (id, since) -> {
          out.putFixed(id);
          out.putSigned(since);
        });
    return out.toArray();
  }

  private CommittedEpochs restore(byte[] state) {
    Bytes in = Bytes.reader(state);
    int version = in.getVersion("state of the second half", 1, VERSION);
    CommittedEpochs epochs = CommittedEpochs.fromBytes(in.getBlock());
    for (long n = in.getUnsigned(); n > 0; n--) {
      Partial.Progress p = Partial.readProgress(in.getBlock());
      progress.put(p.partition(), p);
    }
    if (version > 1) {
      newestCorrection = in.getUnsigned();
      for (long n = in.getUnsigned(); n > 0; n--) {
        live.put(in.getFixed(), in.getSigned());
      }
    }
    return epochs;
  }
}
