package dev.tandem.core.reconcile.simulation;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.reconcile.Acknowledgement;
import dev.tandem.core.reconcile.ClaimPlanner;
import dev.tandem.core.reconcile.Claims;
import dev.tandem.core.reconcile.Correction;
import dev.tandem.core.reconcile.EndMarker;
import dev.tandem.core.reconcile.Scope;
import dev.tandem.core.reconcile.simulation.World.Committed;
import dev.tandem.core.reconcile.simulation.World.Published;
import dev.tandem.core.reconcile.simulation.World.Sent;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One run of the batch; every step of it may be its last. */
final class Backfill {
  private final World world;
  private final Plan plan;
  private final long epoch;
  private final PipelineDefinition pipeline;
  private final EventRows rows;
  private final Map<Long, Committed> earlier;
  private final ArrayDeque<Planned> planned = new ArrayDeque<>();
  private final Map<Integer, Long> cut = new TreeMap<>();
  private final Map<RowKey, RowState> corrections = new TreeMap<>();
  private Phase phase = Phase.PLAN;
  private boolean acknowledged;

  /**
   * What a run is asked to do.
   *
   * @param full whether every row is published
   * @param patient whether it waits for acknowledgements
   * @param oldCut for a planted fault: reads the log to there instead of to its own cut
   */
  record Plan(
      TimeRange range,
      Inputs inputs,
      boolean full,
      boolean patient,
      Optional<Map<Integer, Long>> oldCut) {}

  private enum Phase {
    PLAN,
    CLAIM,
    CUT,
    WAIT,
    COMPARE,
    PUBLISH,
    OVER
  }

  private record Planned(int trip, Claims claims) {}

  Backfill(World world, Plan plan, long epoch) {
    this.world = world;
    this.plan = plan;
    this.epoch = epoch;
    this.pipeline = world.pipeline;
    this.rows = new EventRows(pipeline);
    this.earlier = new TreeMap<>(world.committed);
    world.started.put(epoch, World.scope(plan.range(), pipeline));
    world.trace.add(
        "run %d starts: %s, %s, pipeline %d%s",
        epoch,
        plan.range(),
        plan.inputs(),
        Trips.PIPELINES.indexOf(pipeline),
        plan.full() ? ", full" : "");
  }

  boolean isOver() {
    return phase == Phase.OVER;
  }

  void step() {
    switch (phase) {
      case PLAN -> planClaims();
      case CLAIM -> writeClaim();
      case CUT -> writeBarrier();
      case WAIT -> await();
      case COMPARE -> compare();
      case PUBLISH -> publish();
      case OVER -> throw new IllegalStateException("run " + epoch + " is over");
    }
  }

  void end(String why) {
    world.trace.add("run %d %s", epoch, why);
    phase = Phase.OVER;
  }

  private void planClaims() {
    Map<Long, Scope> scopes = new HashMap<>();
    earlier.forEach((e, run) -> scopes.put(e, run.scope()));
    ClaimPlanner planner = new ClaimPlanner(epoch, World.scope(plan.range(), pipeline), scopes);
    Set<Integer> logged = world.view.before(world.logEnds()).keySet();
    Map<Integer, Claims> written = writtenClaims();
    for (int i = 0; i < Trips.MOST; i++) {
      int trip = i;
      planner
          .plan(
              written.getOrDefault(i, Claims.NONE),
              plan.inputs().files().containsKey(i),
              logged.contains(i))
          .filter(c -> world.fault != Fault.NO_RELEASE || last(c))
          .ifPresent(c -> planned.add(new Planned(trip, c)));
    }
    phase = Phase.CLAIM;
  }

  private static boolean last(Claims claims) {
    return claims.entries().get(claims.entries().size() - 1).claim();
  }

  private Map<Integer, Claims> writtenClaims() {
    Map<Integer, Claims> written = new TreeMap<>();
    for (var partition : world.claims) {
      for (Sent record : partition) {
        if (EndMarker.epoch(record.key()).isEmpty()) {
          String id = new String(record.key(), StandardCharsets.UTF_8);
          written.put(Trips.number(id), Claims.read(Bytes.reader(record.value())));
        }
      }
    }
    return written;
  }

  private void writeClaim() {
    if (planned.isEmpty()) {
      world.claims.forEach(p -> p.add(new Sent(EndMarker.key(epoch), EndMarker.value(epoch))));
      phase = Phase.CUT;
    } else {
      Planned next = planned.remove();
      byte[] id = Trips.id(next.trip);
      Bytes out = Bytes.writer();
      next.claims.write(out);
      world.claims.get(world.eventPartition(id)).add(new Sent(id, out.toArray()));
      world.trace.add("run %d writes of %d %s", epoch, next.trip, next.claims.entries());
    }
  }

  private void writeBarrier() {
    int p = cut.size();
    cut.put(p, world.append(p, null, null, Long.toString(epoch)));
    world.trace.add("run %d: barrier at %d@%d", epoch, p, cut.get(p));
    phase = cut.size() == world.partitions ? Phase.WAIT : phase;
  }

  private void await() {
    acknowledged = acknowledged() || world.fault == Fault.NO_ACKNOWLEDGEMENT;
    if (!acknowledged && plan.patient() && world.chance(.95)) {
      return;
    }
    if (isLive(world, pipeline, epoch)) {
      phase = Phase.COMPARE;
    } else {
      end("fails: the app does not count its definitions");
    }
  }

  private boolean acknowledged() {
    return world.acknowledgements.size() == world.partitions
        && world.acknowledgements.values().stream()
            .allMatch(a -> a.generation() >= epoch && a.committed().containsAll(earlier.keySet()));
  }

  /** Whether the app says that it has counted all of a pipeline since before {@code epoch}. */
  static boolean isLive(World world, PipelineDefinition pipeline, long epoch) {
    return world.acknowledgements.size() == world.partitions
        && world.acknowledgements.values().stream()
            .allMatch(ack -> pipeline.aggregates().stream().allMatch(a -> since(ack, a) < epoch));
  }

  private static long since(Acknowledgement acknowledgement, AggregateDefinition aggregate) {
    return acknowledgement.live().getOrDefault(aggregate.hexId(), Long.MAX_VALUE);
  }

  private void compare() {
    Map<RowKey, RowState> batch = new TreeMap<>();
    Set<RowKey> candidates = new TreeSet<>(world.published.keySet());
    plan.inputs().files().forEach((i, event) -> fold(batch, event));
    Map<Integer, Long> end = world.fault == Fault.UNDO_OLD_CUT ? plan.oldCut().orElse(cut) : cut;
    Inputs inputs = plan.inputs();
    world
        .view
        .before(end)
        .forEach(
            (i, found) -> {
              if (inputs.countsFromLog(i, found.partition(), found.offset())) {
                fold(batch, found.event());
              }
              if (world.fault != Fault.NO_LOG_ROWS) {
                rows.forEach(found.event(), (layout, key, window) -> candidates.add(key));
              }
            });
    candidates.addAll(batch.keySet());
    boolean all = plan.full() || !acknowledged;
    if (all && world.fault != Fault.NO_OLD_ROWS) {
      candidates.addAll(corrected());
    }
    for (RowKey key : candidates) {
      if (plan.range().contains(key.windowStart()) && rows.layout(key.definitionId()).isPresent()) {
        RowState state = batch.getOrDefault(key, empty(key));
        if (all || !served(key).equals(state)) {
          corrections.put(key, state);
        }
      }
    }
    phase = Phase.PUBLISH;
  }

  private void fold(Map<RowKey, RowState> into, Event event) {
    rows.forEach(
        event,
        (layout, key, window) ->
            into.computeIfAbsent(key, k -> new RowState(layout)).add(event, Hashes.of(event.id())));
  }

  private Set<RowKey> corrected() {
    Set<RowKey> keys = new TreeSet<>();
    for (var partition : world.corrections) {
      for (Sent record : partition) {
        if (RowKey.isRowKey(Objects.requireNonNull(record.key()))) {
          keys.add(RowKey.of(record.key()));
        }
      }
    }
    return keys;
  }

  private RowState served(RowKey key) {
    Published p = world.published.get(key);
    if (p == null) {
      return empty(key);
    }
    boolean before =
        p.before() != null && p.generation() == epoch && world.fault != Fault.COMPARE_NOW;
    return before ? p.before() : p.served();
  }

  private RowState empty(RowKey key) {
    return new RowState(rows.layout(key.definitionId()).orElseThrow());
  }

  private void publish() {
    corrections.forEach(
        (key, state) ->
            world
                .corrections
                .get(world.rowPartition(key))
                .add(new Sent(key.bytes(), new Correction(epoch, state).toBytes())));
    world.corrections.forEach(p -> p.add(new Sent(EndMarker.key(epoch), EndMarker.value(epoch))));
    world.committed.put(
        epoch, new Committed(epoch, plan.range(), pipeline, plan.inputs().at(cut), cut));
    if (world.trace.isKept()) {
      corrections.forEach((key, state) -> world.trace.add("run %d: %s is %s", epoch, key, state));
    }
    end("commits");
  }
}
