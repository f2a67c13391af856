package dev.tandem.streams.topology;

import dev.tandem.core.reconcile.FirstHalfState;
import dev.tandem.core.reconcile.Ledger;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the tasks of one pipeline in this process write what others may know of them: metrics, the
 * REST API, tests. Thread-safe; an entry is as of the last commit that was prepared.
 */
public final class TaskBoard {
  private final Map<Integer, Log> logs = new ConcurrentHashMap<>();
  private final Map<Integer, CommittedRows> rows = new ConcurrentHashMap<>();
  private final Commits commits = new Commits();
  private final DecisionBoard decisions = new DecisionBoard();
  private final Map<Integer, Log> opened = new ConcurrentHashMap<>();
  private final LongAdder published = new LongAdder();

  /**
   * Where a partition of the log stands.
   *
   * @param generation epoch of the last barrier passed
   * @param position the offset behind the last record taken
   * @param records all that were taken, barriers included
   */
  public record Log(Ledger ledger, long generation, long position, long records) {}

  void log(int partition, FirstHalfState state) {
    Log log = new Log(state.ledger(), state.generation(), state.position(), state.records());
    opened.putIfAbsent(partition, log);
    logs.put(partition, log);
  }

  void rows(int partition, CommittedRows of) {
    rows.put(partition, of);
  }

  void logClosed(int partition) {
    logs.remove(partition);
    opened.remove(partition);
    decisions.logClosed(partition);
  }

  void rowsClosed(int partition) {
    rows.remove(partition);
  }

  /** A row is published. */
  void published() {
    published.increment();
  }

  /** The partitions of the log that are worked on here. */
  public Map<Integer, Log> logs() {
    return new TreeMap<>(logs);
  }

  /** As {@link #logs}, where each stood when it was taken up here. */
  public Map<Integer, Log> opened() {
    return new TreeMap<>(opened);
  }

  /** A partition of the log, when it is worked on here. */
  public Optional<Log> log(int partition) {
    return Optional.ofNullable(logs.get(partition));
  }

  /** The partitions of the rows that are worked on here. */
  public Map<Integer, CommittedRows> rows() {
    return new TreeMap<>(rows);
  }

  /** To be told of every transaction of the tasks here. */
  public Commits commits() {
    return commits;
  }

  /** How far the decisions are. */
  public DecisionBoard decisions() {
    return decisions;
  }

  /** How many rows were published since the process started, tombstones included. */
  public long publishedRows() {
    return published.sum();
  }

  /** The barrier that every partition of the log worked on here has passed. */
  public long generation() {
    return logs.values().stream().mapToLong(Log::generation).min().orElse(0);
  }

  /** The newest epoch whose corrections are in every partition of the rows worked on here. */
  public long committedEpoch() {
    return rows.values().stream().mapToLong(r -> r.now().committed().newest()).min().orElse(0);
  }

  /** What is wrong with the ledger of a partition here; empty when all balance. */
  public Optional<String> problem() {
    return logs().entrySet().stream()
        .filter(e -> !e.getValue().ledger().balances())
        .map(e -> "partition " + e.getKey() + ": " + e.getValue().ledger().problem())
        .findFirst();
  }

  /** The sum of all partitions that are worked on here. */
  public Ledger ledger() {
    return logs.values().stream().map(Log::ledger).reduce(Ledger.ZERO, Ledger::plus);
  }
}
