package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldType;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.Schema;
import dev.tandem.core.definition.WindowUnit;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One random history of events, repeats, claims, barriers, corrections, ranges, shrinking files,
 * lag and crashes, driven by a seed through the real classes; topics and stores are lists and maps
 * with transactions.
 *
 * <p>After every step no row, as published or as stored, counts an event twice; at rest every row
 * holds exactly the events it should. Event number i adds 16^i to the sum of a metric, so a sum
 * tells how often each event is in it.
 */
final class Simulation {
  private static final int PARTITIONS = 2;
  private static final long HOUR = 3_600_000L;

  private static final Field ID = new Field(0, "id", FieldType.STRING, 0);
  private static final Field START = new Field(1, "start", FieldType.TIMESTAMP, 0);
  private static final Field END = new Field(2, "end", FieldType.TIMESTAMP, 0);
  private static final Field DIGIT = new Field(3, "digit", FieldType.LONG, 0);
  private static final Metric SUM = new Metric("digit", Metric.Kind.STATS, DIGIT);
  private static final PipelineDefinition PIPELINE = pipeline();

  /** A deliberate fault, to show that the simulation finds it. */
  enum Fault {
    NONE,
    /** Ids are claimed, and the claims are ignored. */
    NO_CLAIMS,
    /** Events behind a barrier do not wait for its claims. */
    NO_WAIT,
    /** Claims are never released. */
    NO_RELEASE,
    /** A claim applies outside its epoch's range as well. */
    NO_RANGE,
    /** Without acknowledgements, rows of the log's events before the cut are not published. */
    NO_LOG_ROWS,
    /** The batch compares without waiting for acknowledgements. */
    NO_ACKNOWLEDGEMENT,
    /** Event ids are not remembered. */
    NO_IDS,
    /** A crashed backfill's epoch is used again. */
    EPOCH_REUSE,
    /** Tasks forget to drain before a commit. */
    NO_DRAIN
  }

  /** A broken invariant. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  private final Random random;
  private final Fault fault;
  private final EventJson json = new EventJson(PIPELINE);
  private final EventRows eventRows = new EventRows(PIPELINE);
  private final int hours;
  private final List<Event> inLog = new ArrayList<>();
  private final List<Event> inFile = new ArrayList<>();

  private final List<List<LogRecord>> log = lists();
  private final List<List<byte[][]>> claims = lists();
  private final List<List<byte[][]>> corrections = lists();

  /** By partition of the rows and partition of the log. */
  private final List<List<List<byte[][]>>> partials = new ArrayList<>();

  private final Map<RowKey, Published> published = new HashMap<>();
  private final Map<Integer, Acknowledgement> acknowledgements = new HashMap<>();
  private final Map<Long, TimeRange> started = new HashMap<>();
  private final Map<Long, Committed> committed = new TreeMap<>();
  private final Map<Integer, Claims> claimRecords = new HashMap<>();
  private final Set<Integer> files = new TreeSet<>();
  private final List<First> firsts = new ArrayList<>();
  private final List<Second> seconds = new ArrayList<>();
  private long epoch;
  private @Nullable Job job;
  private long clock;

  private record Published(RowState served, long generation, @Nullable RowState before) {}

  private record Committed(
      TimeRange range, Set<Integer> files, Set<Integer> before, boolean withLog) {}

  private Simulation(long seed, Fault fault) {
    this.random = new Random(seed);
    this.fault = fault;
    this.hours = 2 + random.nextInt(3);
    int ids = 3 + random.nextInt(8);
    for (int i = 0; i < ids; i++) {
      Event event = event(i);
      inLog.add(event);
      inFile.add(random.nextDouble() < .8 ? event : event(i));
    }
    for (int p = 0; p < PARTITIONS; p++) {
      partials.add(lists());
      firsts.add(new First(p));
      seconds.add(new Second(p));
    }
  }

  /** Plays the history of a seed; returns what broke, or empty. */
  static Optional<String> play(long seed, Fault fault) {
    try {
      new Simulation(seed, fault).play();
      return Optional.empty();
    } catch (Broken e) {
      return Optional.of("seed " + seed + ": " + e.getMessage());
    }
  }

  private void play() {
    int steps = 40 + random.nextInt(260);
    for (int i = 0; i < steps; i++) {
      clock += random.nextInt(400);
      step();
      checkNothingTwice();
    }
    settle();
    checkExact();
  }

  private void step() {
    double x = random.nextDouble();
    if (x < .2) {
      append(random.nextInt(inLog.size()));
    } else if (x < .3) {
      int i = random.nextInt(inLog.size());
      if (random.nextDouble() < .7) {
        files.add(i);
      } else {
        files.remove(i);
      }
    } else if (x < .55) {
      stepBackfill();
    } else if (x < .77) {
      firsts.get(random.nextInt(PARTITIONS)).step();
    } else {
      seconds.get(random.nextInt(PARTITIONS)).step();
    }
  }

  /** Lets both halves run until nothing is left to do. */
  private void settle() {
    boolean busy = true;
    while (busy) {
      busy = false;
      clock += 10_000;
      for (int p = 0; p < PARTITIONS; p++) {
        busy |= firsts.get(p).consume();
        busy |= firsts.get(p).commit();
        busy |= seconds.get(p).consume();
        busy |= seconds.get(p).commit();
      }
      checkNothingTwice();
    }
  }

  private void append(int i) {
    byte[] id = id(i);
    int p = eventPartition(id);
    log.get(p).add(new LogRecord(log.get(p).size(), 0, id, json.write(inLog.get(i)), null));
  }

  // ---- the backfill
  // -------------------------------------------------------------------------------------------------

  private static final class Job {
    final long epoch;
    final TimeRange range;
    final Set<Integer> files;
    final boolean compare;
    final boolean withLog;
    final Map<Integer, Long> cut = new HashMap<>();
    boolean claimed;

    Job(long epoch, TimeRange range, Set<Integer> files, boolean compare, boolean withLog) {
      this.epoch = epoch;
      this.range = range;
      this.files = files;
      this.compare = compare;
      this.withLog = withLog;
    }
  }

  private void stepBackfill() {
    if (job == null) {
      epoch =
          fault == Fault.EPOCH_REUSE
              ? committed.keySet().stream().max(Long::compare).orElse(0L) + 1
              : epoch + 1;
      job =
          new Job(
              epoch, range(), Set.copyOf(files), random.nextBoolean(), random.nextDouble() < .7);
      started.put(epoch, job.range);
    } else if (random.nextDouble() < .08) {
      job = null;
    } else if (!job.claimed) {
      claim(job);
    } else if (job.cut.size() < PARTITIONS) {
      int p = job.cut.size();
      job.cut.put(p, (long) log.get(p).size());
      log.get(p).add(new LogRecord(log.get(p).size(), 0, null, null, Long.toString(job.epoch)));
    } else {
      publish(job);
    }
  }

  private TimeRange range() {
    if (random.nextDouble() < .4) {
      return TimeRange.ALL;
    }
    int from = random.nextInt(hours);
    int to = from + 1 + random.nextInt(hours - from);
    return new TimeRange(from * HOUR, to * HOUR);
  }

  private void claim(Job current) {
    Map<Long, TimeRange> ranges = new HashMap<>();
    committed.forEach((e, c) -> ranges.put(e, c.range));
    ClaimPlanner planner = new ClaimPlanner(current.epoch, current.range, ranges);
    Set<Integer> logged = logged(Map.of());
    for (int i = 0; i < inLog.size(); i++) {
      int id = i;
      planner
          .plan(
              claimRecords.getOrDefault(i, Claims.NONE),
              current.files.contains(i),
              logged.contains(i))
          .filter(c -> fault != Fault.NO_RELEASE || c.entries().get(c.entries().size() - 1).claim())
          .ifPresent(c -> writeClaims(id, c));
      if (random.nextDouble() < .02) {
        job = null;
        return;
      }
    }
    for (List<byte[][]> partition : claims) {
      partition.add(new byte[][] {EndMarker.key(current.epoch), EndMarker.value(current.epoch)});
    }
    current.claimed = true;
  }

  private void writeClaims(int id, Claims c) {
    claimRecords.put(id, c);
    Bytes out = Bytes.writer();
    c.write(out);
    claims.get(eventPartition(id(id))).add(new byte[][] {id(id), out.toArray()});
  }

  private Set<Integer> logged(Map<Integer, Long> cut) {
    Set<Integer> found = new LinkedHashSet<>();
    for (int p = 0; p < PARTITIONS; p++) {
      long end = cut.getOrDefault(p, Long.MAX_VALUE);
      for (LogRecord r : log.get(p)) {
        if (r.offset() < end && r.key() != null) {
          found.add(number(r.key()));
        }
      }
    }
    return found;
  }

  private boolean acknowledged(Job current) {
    return acknowledgements.size() == PARTITIONS
        && acknowledgements.values().stream()
            .allMatch(
                a ->
                    a.generation() >= current.epoch
                        && a.committed().containsAll(committed.keySet()));
  }

  private void publish(Job current) {
    boolean acknowledged = acknowledged(current) || fault == Fault.NO_ACKNOWLEDGEMENT;
    if (current.compare && !acknowledged && random.nextDouble() < .9) {
      return;
    }
    Set<Integer> before = logged(current.cut);
    Map<RowKey, RowState> batch = new HashMap<>();
    Set<Integer> counted = new TreeSet<>(current.files);
    if (current.withLog) {
      counted.addAll(before);
    }
    for (int i : counted) {
      fold(batch, i, current.files.contains(i) ? inFile.get(i) : inLog.get(i));
    }
    batch.keySet().removeIf(k -> !current.range.contains(k.windowStart()));
    Set<RowKey> candidates = new HashSet<>(batch.keySet());
    candidates.addAll(published.keySet());
    corrections.forEach(p -> p.forEach(r -> key(r[0]).ifPresent(candidates::add)));
    if (fault != Fault.NO_LOG_ROWS) {
      before.forEach(
          i -> eventRows.forEach(inLog.get(i), (layout, key, window) -> candidates.add(key)));
    }
    candidates.removeIf(k -> !current.range.contains(k.windowStart()));
    for (RowKey key : candidates) {
      RowState state = batch.getOrDefault(key, empty(key));
      if (!(current.compare && acknowledged) || !asOfBarrier(key, current.epoch).equals(state)) {
        corrections
            .get(rowPartition(key))
            .add(new byte[][] {key.bytes(), new Correction(current.epoch, state).toBytes()});
      }
    }
    for (List<byte[][]> partition : corrections) {
      partition.add(new byte[][] {EndMarker.key(current.epoch), EndMarker.value(current.epoch)});
    }
    committed.put(
        current.epoch, new Committed(current.range, current.files, before, current.withLog));
    job = null;
  }

  private RowState asOfBarrier(RowKey key, long barrier) {
    Published p = published.get(key);
    if (p == null) {
      return empty(key);
    }
    return p.before != null && p.generation == barrier ? p.before : p.served;
  }

  private void fold(Map<RowKey, RowState> into, int i, Event event) {
    eventRows.forEach(
        event,
        (layout, key, window) ->
            into.computeIfAbsent(key, k -> new RowState(layout)).add(event, Hashes.of(id(i))));
  }

  // ---- the two halves, with transactions
  // ------------------------------------------------------------------------------

  /** A task: what it did since the last commit is undone by a crash. */
  private abstract class Task {
    private final List<Runnable> onCommit = new ArrayList<>();

    abstract boolean consume();

    abstract void drain();

    abstract void save();

    abstract void restart();

    final void later(Runnable output) {
      onCommit.add(output);
    }

    final void step() {
      double x = random.nextDouble();
      if (x < .04) {
        onCommit.clear();
        restart();
      } else if (x < .3) {
        commit();
      } else {
        consume();
      }
    }

    final boolean commit() {
      if (fault != Fault.NO_DRAIN) {
        drain();
      }
      boolean output = !onCommit.isEmpty();
      onCommit.forEach(Runnable::run);
      onCommit.clear();
      save();
      return output;
    }

    final boolean any(List<BooleanSupplier> sources) {
      return !sources.isEmpty() && sources.get(random.nextInt(sources.size())).getAsBoolean();
    }
  }

  private final class First extends Task {
    private final int partition;
    private Map<String, byte[]> ids = new HashMap<>();
    private List<LogRecord> parked = new ArrayList<>();
    private int logPosition;
    private int claimsPosition;
    private byte @Nullable [] savedState;
    private Map<String, byte[]> savedIds = new HashMap<>();
    private List<LogRecord> savedParked = new ArrayList<>();
    private int savedLogPosition;
    private int savedClaimsPosition;
    private FirstHalf half;

    First(int partition) {
      this.partition = partition;
      this.half = make();
    }

    private FirstHalf make() {
      FirstHalf.Ids store =
          new FirstHalf.Ids() {
            @Override
            public byte @Nullable [] get(byte[] id) {
              return ids.get(text(id));
            }

            @Override
            public void put(byte[] id, byte[] entry) {
              if (fault != Fault.NO_IDS) {
                ids.put(text(id), entry);
              }
            }
          };
      FirstHalf.Parking parking =
          new FirstHalf.Parking() {
            @Override
            public void add(LogRecord record) {
              parked.add(LogRecord.fromBytes(record.toBytes()));
            }

            @Override
            public LogRecord removeFirst() {
              return parked.remove(0);
            }
          };
      FirstHalf.Output output =
          new FirstHalf.Output() {
            @Override
            public void contribution(RowKey key, Partial.Contribution c) {
              Partial.Contribution sent =
                  fault == Fault.NO_CLAIMS
                      ? new Partial.Contribution(c.generation(), Claims.NONE, c.state())
                      : c;
              byte[][] record = {key.bytes(), sent.toBytes()};
              later(() -> partials.get(rowPartition(key)).get(partition).add(record));
            }

            @Override
            public void progress(Partial.Progress progress) {
              byte[] bytes = progress.toBytes();
              later(() -> partials.forEach(q -> q.get(partition).add(new byte[][] {null, bytes})));
            }

            @Override
            public void reject(LogRecord record, RejectReason reason, String error) {
              throw new Broken("rejected: " + reason + " " + error);
            }
          };
      LogEvents events = new LogEvents(PIPELINE, Simulation::eventPartition);
      return new FirstHalf(
          PIPELINE, partition, events, this::range, store, parking, output, savedState);
    }

    private Optional<TimeRange> range(long e) {
      return Optional.ofNullable(started.get(e))
          .map(r -> fault == Fault.NO_RANGE ? TimeRange.ALL : r);
    }

    @Override
    boolean consume() {
      List<BooleanSupplier> sources = new ArrayList<>();
      if (claimsPosition < claims.get(partition).size()) {
        sources.add(this::consumeClaim);
      }
      if (logPosition < log.get(partition).size()) {
        sources.add(this::consumeLog);
      }
      return any(sources);
    }

    private boolean consumeLog() {
      LogRecord record = log.get(partition).get(logPosition++);
      half.onLog(record);
      if (fault == Fault.NO_WAIT && record.barrier() != null) {
        half.onClaimsEnd(Long.parseLong(record.barrier()));
      }
      return true;
    }

    private boolean consumeClaim() {
      byte[][] record = claims.get(partition).get(claimsPosition++);
      var end = EndMarker.epoch(record[0]);
      if (end.isPresent()) {
        half.onClaimsEnd(end.getAsLong());
      } else {
        half.onClaims(record[0], Claims.read(Bytes.reader(record[1])));
      }
      return true;
    }

    @Override
    void drain() {
      half.drain();
    }

    @Override
    void save() {
      if (fault != Fault.NO_DRAIN || half.buffered() == 0) {
        savedState = half.state();
      }
      savedIds = new HashMap<>(ids);
      savedParked = new ArrayList<>(parked);
      savedLogPosition = logPosition;
      savedClaimsPosition = claimsPosition;
      if (!half.ledger().balances()) {
        throw new Broken("ledger " + half.ledger());
      }
    }

    @Override
    void restart() {
      ids = new HashMap<>(savedIds);
      parked = new ArrayList<>(savedParked);
      logPosition = savedLogPosition;
      claimsPosition = savedClaimsPosition;
      half = make();
    }
  }

  private final class Second extends Task {
    private final int partition;
    private Map<RowKey, byte[]> rows = new HashMap<>();
    private Set<RowKey> tagged = new HashSet<>();
    private final int[] position = new int[PARTITIONS];
    private int correctionsPosition;
    private byte @Nullable [] savedState;
    private Map<RowKey, byte[]> savedRows = new HashMap<>();
    private Set<RowKey> savedTagged = new HashSet<>();
    private final int[] savedPosition = new int[PARTITIONS];
    private int savedCorrectionsPosition;
    private SecondHalf half;

    Second(int partition) {
      this.partition = partition;
      this.half = make();
    }

    private SecondHalf make() {
      SecondHalf.Rows store =
          new SecondHalf.Rows() {
            @Override
            public byte @Nullable [] get(RowKey key) {
              return rows.get(key);
            }

            @Override
            public void put(RowKey key, byte[] row) {
              rows.put(key, row);
            }

            @Override
            public void tagged(RowKey key, boolean isTagged) {
              if (isTagged) {
                tagged.add(key);
              } else {
                tagged.remove(key);
              }
            }

            @Override
            public Iterable<RowKey> tagged() {
              return Set.copyOf(tagged);
            }
          };
      SecondHalf.Output output =
          new SecondHalf.Output() {
            @Override
            public void row(
                RowKey key,
                LiveRow row,
                RowState served,
                long generation,
                @Nullable RowState before) {
              Published p =
                  new Published(served.copy(), generation, before == null ? null : before.copy());
              later(() -> published.put(key, p));
            }

            @Override
            public void acknowledge(Acknowledgement a) {
              later(() -> acknowledgements.put(partition, Acknowledgement.fromBytes(a.toBytes())));
            }
          };
      SecondHalf made =
          new SecondHalf(partition, PARTITIONS, 1000, eventRows::layout, store, output, savedState);
      rows.forEach(
          (key, bytes) -> {
            if (LiveRow.fromBytes(eventRows.layout(key.definitionId()).orElseThrow(), bytes)
                .pending()) {
              made.resume(key);
            }
          });
      return made;
    }

    @Override
    boolean consume() {
      List<BooleanSupplier> sources = new ArrayList<>();
      if (correctionsPosition < corrections.get(partition).size()) {
        sources.add(this::consumeCorrection);
      }
      for (int p = 0; p < PARTITIONS; p++) {
        int source = p;
        if (position[p] < partials.get(partition).get(p).size()) {
          sources.add(() -> consumePartial(source));
        }
      }
      return any(sources);
    }

    private boolean consumePartial(int source) {
      byte[][] record = partials.get(partition).get(source).get(position[source]++);
      if (Partial.isProgress(record[1])) {
        half.onProgress(Partial.readProgress(record[1]));
      } else {
        half.onContribution(RowKey.of(record[0]), record[1]);
      }
      return true;
    }

    private boolean consumeCorrection() {
      byte[][] record = corrections.get(partition).get(correctionsPosition++);
      var end = EndMarker.epoch(record[0]);
      if (end.isPresent()) {
        half.onEnd(end.getAsLong());
      } else {
        half.onCorrection(RowKey.of(record[0]), record[1]);
      }
      return true;
    }

    @Override
    void drain() {
      half.drain(clock);
    }

    @Override
    void save() {
      if (half.buffered() == 0) {
        savedState = half.state();
      }
      savedRows = new HashMap<>(rows);
      savedTagged = new HashSet<>(tagged);
      System.arraycopy(position, 0, savedPosition, 0, PARTITIONS);
      savedCorrectionsPosition = correctionsPosition;
    }

    @Override
    void restart() {
      rows = new HashMap<>(savedRows);
      tagged = new HashSet<>(savedTagged);
      System.arraycopy(savedPosition, 0, position, 0, PARTITIONS);
      correctionsPosition = savedCorrectionsPosition;
      half = make();
    }
  }

  // ---- checks
  // -----------------------------------------------------------------------------------------------------------

  private void checkNothingTwice() {
    published.forEach((key, p) -> checkDigits(key, sum(p.served)));
    for (Second s : seconds) {
      s.rows.forEach(
          (key, bytes) -> {
            LiveRow row =
                LiveRow.fromBytes(eventRows.layout(key.definitionId()).orElseThrow(), bytes);
            checkDigits(key, sum(row.served(s.half.committed())));
          });
    }
  }

  private static void checkDigits(RowKey key, long sum) {
    for (long rest = sum; rest != 0; rest >>>= 4) {
      if ((rest & 15) > 1) {
        throw new Broken("twice in " + key + ": " + Long.toHexString(sum));
      }
    }
  }

  private void checkExact() {
    Set<Integer> logged = logged(Map.of());
    Map<RowKey, RowState> want = new HashMap<>();
    Set<RowKey> all = new HashSet<>(published.keySet());
    for (int h = 0; h < hours; h++) {
      long hour = h * HOUR;
      Committed last = new Committed(TimeRange.ALL, Set.of(), Set.of(), true);
      for (Committed c : committed.values()) {
        last = c.range.contains(hour) ? c : last;
      }
      Map<RowKey, RowState> rows = new HashMap<>();
      for (int i = 0; i < inLog.size(); i++) {
        if (last.files.contains(i)) {
          fold(rows, i, inFile.get(i));
        } else if (logged.contains(i) && (last.withLog || !last.before.contains(i))) {
          fold(rows, i, inLog.get(i));
        }
      }
      rows.keySet().removeIf(k -> k.windowStart() != hour);
      want.putAll(rows);
    }
    all.addAll(want.keySet());
    for (RowKey key : all) {
      RowState expected = want.getOrDefault(key, empty(key));
      RowState actual = published.containsKey(key) ? published.get(key).served : empty(key);
      if (!expected.equals(actual)) {
        throw new Broken(
            "at rest "
                + key
                + " has "
                + Long.toHexString(sum(actual))
                + ", should have "
                + Long.toHexString(sum(expected)));
      }
    }
  }

  private RowState empty(RowKey key) {
    return new RowState(layout(key));
  }

  private RowLayout layout(RowKey key) {
    return eventRows.layout(key.definitionId()).orElseThrow();
  }

  private static long sum(RowState state) {
    RowState.Stats stats = state.stats(SUM);
    return stats == null ? 0 : stats.sum();
  }

  // ---- small things
  // -----------------------------------------------------------------------------------------------------

  private Event event(int i) {
    Event event = new Event(PIPELINE.schema());
    event.setText(ID, "e" + i);
    event.setNumber(START, random.nextInt(hours) * HOUR + random.nextInt(1000));
    if (random.nextDouble() < .9) {
      event.setNumber(END, random.nextInt(hours) * HOUR + random.nextInt(1000));
    }
    event.setNumber(DIGIT, 1L << (4 * i));
    return event;
  }

  private static byte[] id(int i) {
    return ("e" + i).getBytes(StandardCharsets.UTF_8);
  }

  private static int number(byte[] id) {
    return Integer.parseInt(text(id).substring(1));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int eventPartition(byte[] id) {
    return number(id) % PARTITIONS;
  }

  private static int rowPartition(RowKey key) {
    return (int) (key.windowStart() / HOUR) % PARTITIONS;
  }

  private static Optional<RowKey> key(byte[] bytes) {
    return RowKey.isRowKey(bytes) ? Optional.of(RowKey.of(bytes)) : Optional.empty();
  }

  private static <T> List<List<T>> lists() {
    List<List<T>> lists = new ArrayList<>();
    for (int p = 0; p < PARTITIONS; p++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  private static PipelineDefinition pipeline() {
    Schema schema = new Schema(List.of(ID, START, END, DIGIT), ID, START);
    List<Metric> metrics = List.of(new Metric("events", Metric.Kind.COUNT, ID), SUM);
    return new PipelineDefinition(
        "simulated",
        "",
        ZoneOffset.UTC,
        schema,
        List.of(),
        List.of(),
        List.of(
            new AggregateDefinition(1, "departures", List.of(), WindowUnit.HOUR, START, metrics),
            new AggregateDefinition(2, "arrivals", List.of(), WindowUnit.HOUR, END, metrics)));
  }
}
