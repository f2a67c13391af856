package dev.tandem.core.kafka;

import dev.tandem.core.reconcile.Epochs;
import dev.tandem.core.reconcile.Scope;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * The runs on record, read from {@code P.runs} as far as asked. Thread-safe: one reader at a time,
 * answers from memory.
 */
public final class RunLog implements Epochs, AutoCloseable {
  private final TopicPartition partition;
  private final TopicReader reader;
  private volatile Map<Long, Run> runs = Map.of();
  private long position;

  /** A run's scope never changes; it is asked for with every claimed event. */
  private final Map<Long, Scope> scopes = new ConcurrentHashMap<>();

  public RunLog(Map<String, String> kafka, Topics topics) {
    partition = new TopicPartition(topics.runs(), 0);
    reader = new TopicReader(kafka);
  }

  /** Reads what was committed since. */
  public synchronized void refresh() {
    long end = reader.end(partition);
    if (end <= position) {
      return;
    }
    Map<Long, Run> next = new TreeMap<>(runs);
    reader.read(
        partition,
        position,
        end,
        record -> {
          byte[] value = record.value();
          if (value != null) {
            Run run = Run.fromBytes(value);
            next.put(run.epoch(), run);
          }
        });
    position = end;
    runs = next;
  }

  /** All runs by epoch, as of the last refresh. */
  public Map<Long, Run> runs() {
    return Collections.unmodifiableMap(runs);
  }

  @Override
  public Optional<Scope> scope(long epoch) {
    Scope known = scopes.get(epoch);
    if (known != null) {
      return Optional.of(known);
    }
    if (!runs.containsKey(epoch)) {
      refresh();
    }
    Optional<Scope> scope = Optional.ofNullable(runs.get(epoch)).map(Run::scope);
    scope.ifPresent(s -> scopes.put(epoch, s));
    return scope;
  }

  @Override
  public OptionalLong barrier(long epoch, int partition) {
    Run run = runs.get(epoch);
    Long offset = run == null ? null : run.cut().get(partition);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  @Override
  public long passed(int partition, long offset) {
    return runs.values().stream()
        .filter(run -> run.cut().getOrDefault(partition, Long.MAX_VALUE) < offset)
        .filter(run -> run.cut().getOrDefault(partition, -1L) >= 0)
        .mapToLong(Run::epoch)
        .max()
        .orElse(0);
  }

  @Override
  public synchronized void close() {
    reader.close();
  }
}
