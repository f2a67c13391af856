package dev.tandem.core.decision;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Decision;
import dev.tandem.core.definition.PipelineDefinition;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides, hour by hour of event time. An hour is decided when every partition of the log has
 * closed it, after the hours before it; so alerts do not depend on which partition is ahead. A
 * partition that has no events at all holds every decision back.
 *
 * <p>What is normal comes from one version of the baseline. A newer one is taken up between two
 * hours and kept in the state, so a restart goes on with the version that it had.
 *
 * <p>The caller calls {@link #save} before it commits what it passed in and the alerts that came
 * out, in the same transaction. Not thread-safe.
 */
public final class DecisionEngine {
  private static final byte[] STANDING = {0};
  private static final byte ALERT = 2;
  private static final int VERSION = 1;

  /** After a month without any event, hours without events are not looked at. */
  private static final long MOST_EMPTY = 31 * 24;

  private final int partitions;
  private final Hours hours;
  private final Baselines baselines;
  private final DecisionState store;
  private final Consumer<Alert> output;
  private final List<AggregateDefinition> aggregates;
  private final long lookBack;
  private final Map<String, AlertBook> books = new LinkedHashMap<>();
  private final ReceivedHours received;

  private final Map<Integer, SourceProgress> sources = new TreeMap<>();
  private Levels levels = new Levels();
  private Optional<Baseline> baseline = Optional.empty();
  private boolean begun;
  private long next;
  private long decided;
  private long empty;

  /**
   * @param partitions of the log
   * @param baselines all that are there
   * @param store empty at the very first start
   * @param output takes alerts, at once
   */
  public DecisionEngine(
      PipelineDefinition pipeline,
      int partitions,
      Baselines baselines,
      DecisionState store,
      Consumer<Alert> output) {
    this.partitions = partitions;
    this.hours = new Hours(pipeline.zone());
    this.baselines = baselines;
    this.store = store;
    this.output = output;
    this.aggregates = List.copyOf(pipeline.decisions().aggregates());
    this.lookBack =
        pipeline.decisions().all().stream().mapToInt(Decision::hours).max().orElse(1)
            * Hours.LENGTH;
    pipeline.decisions().all().forEach(d -> books.put(d.name(), new AlertBook(d)));
    this.received = new ReceivedHours(store);
    store.forEach(this::restore);
  }

  private void restore(byte[] key, byte[] value) {
    received.restore(key, value);
    if (key[0] == STANDING[0]) {
      restore(Bytes.reader(value));
    } else if (key[0] == ALERT) {
      String[] name = new String(key, 1, key.length - 1, StandardCharsets.UTF_8).split("\0", 2);
      @Nullable AlertBook book = books.get(name[0]);
      if (book != null) {
        book.restore(name[1], Standing.fromBytes(value));
      }
    }
  }

  private void restore(Bytes saved) {
    saved.getVersion("state of the decisions", VERSION, VERSION);
    begun = saved.getByte() == 1;
    next = saved.getSigned();
    decided = saved.getUnsigned();
    empty = saved.getUnsigned();
    String pinned = new String(saved.getBlock(), StandardCharsets.UTF_8);
    baseline = baselines.find(pinned);
    levels = new Levels(saved);
    for (long left = saved.getUnsigned(); left > 0; left--) {
      sources.put((int) saved.getUnsigned(), SourceProgress.read(saved));
    }
  }

  /** Takes what a partition has closed, and decides the hours that can be decided by it. */
  public void accept(ClosedHour part) {
    @Nullable SourceProgress before = sources.get(part.partition());
    if (before == null) {
      before = new SourceProgress(part.began(), 0, Long.MIN_VALUE);
    } else if (!before.takes(part)) {
      return;
    }
    if (part.hour() >= before.openFrom() && !(begun && part.hour() < next)) {
      received.add(part);
    }
    sources.put(part.partition(), before.after(part));
    if (sources.size() == partitions) {
      begin();
      decideClosed();
    }
  }

  /** With the first hour that is open in any partition: each began with one of these. */
  private void begin() {
    if (!begun) {
      begun = true;
      next = received.byHour().firstKey();
    }
  }

  private void decideClosed() {
    long end =
        sources.values().stream().mapToLong(SourceProgress::openFrom).min().orElse(Long.MIN_VALUE);
    while (next < end) {
      HourCounts counts = received.byHour().getOrDefault(next, HourCounts.NOTHING);
      empty = counts.isEmpty() ? empty + 1 : 0;
      if (empty <= MOST_EMPTY) {
        decide(counts);
      }
      next = hours.next(next);
      received.forgetBefore(next - lookBack);
    }
  }

  private void decide(HourCounts counts) {
    takeUpNewestBaseline();
    HourView view = new HourView(next, received.byHour(), hours, baseline, levels, decided);
    books.values().forEach(book -> book.decide(view, output));
    decided++;
    baseline.ifPresent(
        b -> aggregates.forEach(a -> levels.observe(a, counts, b, hours.ofWeek(next))));
  }

  private void takeUpNewestBaseline() {
    Optional<String> newest = baselines.newest();
    if (!newest.equals(baselineVersion())) {
      baseline = newest.flatMap(baselines::find);
    }
  }

  /** Writes what has changed. */
  public void save() {
    received.save();
    books.values().forEach(book -> book.save(store, ALERT));
    Bytes out = Bytes.writer();
    out.putByte(VERSION);
    out.putByte(begun ? 1 : 0);
    out.putSigned(next);
    out.putUnsigned(decided);
    out.putUnsigned(empty);
    out.putBlock(baselineVersion().orElse("").getBytes(StandardCharsets.UTF_8));
    levels.write(out);
    out.putUnsigned(sources.size());
    sources.forEach(
        (partition, progress) -> {
          out.putUnsigned(partition);
          progress.write(out);
        });
    store.put(STANDING, out.toArray());
  }

  /** The last hour that was decided, its start; empty before the first. */
  public OptionalLong evaluatedHour() {
    return decided == 0 ? OptionalLong.empty() : OptionalLong.of(next - Hours.LENGTH);
  }

  /** The version of the baseline in use. */
  public Optional<String> baselineVersion() {
    return baseline.map(Baseline::version);
  }

  /** How many alerts are open, by decision. */
  public Map<String, Long> open() {
    Map<String, Long> open = new LinkedHashMap<>();
    books.forEach((name, book) -> open.put(name, book.open()));
    return open;
  }
}
