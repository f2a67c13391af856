package dev.tandem.streams.topology;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the tasks of one pipeline in this process write how far its decisions are. Thread-safe; an
 * entry is as of the last commit that was prepared.
 */
public final class DecisionBoard {
  private final Map<Integer, Signals> logs = new ConcurrentHashMap<>();
  private final Map<Written, LongAdder> written = new ConcurrentHashMap<>();
  private volatile Optional<Decided> decided = Optional.empty();

  /**
   * Where a partition of the log stands.
   *
   * @param watermark its progress in event time, milliseconds since the epoch; empty before its
   *     first event
   * @param late contributions to hours that were closed before they came, since the first start
   */
  public record Signals(OptionalLong watermark, long late) {}

  /**
   * Where the deciding task stands.
   *
   * @param hour start of the last hour that was decided, milliseconds since the epoch; empty before
   *     the first
   * @param baseline version that is decided against; empty where none was learned yet
   */
  public record Decided(OptionalLong hour, Optional<String> baseline) {}

  private record Written(String decision, boolean raised) {}

  void log(int partition, OptionalLong watermark, long late) {
    logs.put(partition, new Signals(watermark, late));
  }

  void logClosed(int partition) {
    logs.remove(partition);
  }

  void decided(OptionalLong hour, Optional<String> baseline) {
    decided = Optional.of(new Decided(hour, baseline));
  }

  void decidingClosed() {
    decided = Optional.empty();
  }

  void wrote(String decision, boolean raised) {
    written.computeIfAbsent(new Written(decision, raised), w -> new LongAdder()).increment();
  }

  /** The partitions of the log that are worked on here. */
  public Map<Integer, Signals> logs() {
    return new TreeMap<>(logs);
  }

  /** A partition's late contributions; 0 where it is worked on elsewhere. */
  public long late(int partition) {
    Signals log = logs.get(partition);
    return log == null ? 0 : log.late();
  }

  /** The deciding task, when it is worked on here. */
  public Optional<Decided> decided() {
    return decided;
  }

  /** Alerts of a decision that were written here since the process started. */
  public long written(String decision, boolean raised) {
    LongAdder count = written.get(new Written(decision, raised));
    return count == null ? 0 : count.sum();
  }
}
