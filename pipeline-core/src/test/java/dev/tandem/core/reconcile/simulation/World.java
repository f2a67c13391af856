package dev.tandem.core.reconcile.simulation;

import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.reconcile.Acknowledgement;
import dev.tandem.core.reconcile.LogRecord;
import dev.tandem.core.reconcile.Scope;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What everybody sees: the topics, with committed records only, and the pipeline's file. */
final class World {
  /** When the broker appends; no trip is a day ahead of it. */
  private static final long APPEND_TIME = 30 * Trips.HOUR;

  final SplittableRandom random;
  final Fault fault;
  final Trace trace;
  final int partitions;

  final List<List<LogRecord>> log;
  final List<List<Sent>> claims;
  final List<List<Sent>> corrections;

  /** By partition of the rows, then partition of the log. */
  final List<List<List<Sent>>> partials = new ArrayList<>();

  final Map<RowKey, Published> published = new TreeMap<>();

  /** Keys that were published since they were last checked. */
  final Set<RowKey> fresh = new HashSet<>();

  final Map<Integer, Acknowledgement> acknowledgements = new TreeMap<>();
  final Map<Long, Scope> started = new TreeMap<>();
  final TreeMap<Long, Committed> committed = new TreeMap<>();
  final int[] rejected;
  final LogView view;
  PipelineDefinition pipeline = Trips.PIPELINES.get(0);
  long clock;

  private final EventJson json = new EventJson(Trips.PIPELINES.get(0));

  /** A record of a topic. */
  record Sent(byte @Nullable [] key, byte[] value) {}

  /** A row as it is served, and without what came behind the barrier {@code generation}. */
  record Published(RowState served, long generation, @Nullable RowState before) {}

  /** A run that has published. */
  record Committed(
      long epoch,
      TimeRange range,
      PipelineDefinition pipeline,
      Inputs inputs,
      Map<Integer, Long> cut) {
    Scope scope() {
      return World.scope(range, pipeline);
    }
  }

  static Scope scope(TimeRange range, PipelineDefinition pipeline) {
    return new Scope(
        range,
        pipeline.aggregates().stream().map(AggregateDefinition::id).collect(Collectors.toSet()));
  }

  World(SplittableRandom random, Fault fault, Trace trace, int partitions) {
    this.random = random;
    this.fault = fault;
    this.trace = trace;
    this.partitions = partitions;
    this.log = lists();
    this.claims = lists();
    this.corrections = lists();
    this.rejected = new int[partitions];
    for (int p = 0; p < partitions; p++) {
      partials.add(lists());
    }
    this.view = new LogView(this);
  }

  private <T> List<List<T>> lists() {
    List<List<T>> lists = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  int eventPartition(byte[] id) {
    return Partitioning.ofEvent(id, partitions);
  }

  int rowPartition(RowKey key) {
    return Partitioning.ofRow(key, partitions);
  }

  /** The record's value. */
  byte[] write(Event event) {
    return json.write(event);
  }

  /**
   * @param barrier text of the header
   * @return the offset
   */
  long append(
      int partition, byte @Nullable [] key, byte @Nullable [] value, @Nullable String barrier) {
    long offset = log.get(partition).size();
    log.get(partition).add(new LogRecord(offset, APPEND_TIME, key, value, barrier));
    return offset;
  }

  /** The end of every partition of the log. */
  Map<Integer, Long> logEnds() {
    Map<Integer, Long> ends = new HashMap<>();
    for (int p = 0; p < partitions; p++) {
      ends.put(p, (long) log.get(p).size());
    }
    return ends;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
