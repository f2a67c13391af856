package dev.tandem.core.reconcile.simulation;

import dev.tandem.core.reconcile.simulation.Backfill.Plan;
import dev.tandem.core.reconcile.simulation.World.Committed;
import dev.tandem.core.time.TimeRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts backfills and undoes them; one that starts fences the one before. */
final class Batch {
  private static final double CRASH = .04;
  private static final double SECOND_STARTS = .01;

  private final World world;
  private final Producer producer;
  private final List<Long> edges = new ArrayList<>();
  private final List<Backfill> running = new ArrayList<>();
  private final ArrayDeque<Plan> undoing = new ArrayDeque<>();

  Batch(World world, Producer producer, int hours) {
    this.world = world;
    this.producer = producer;
    edges.add(Long.MIN_VALUE);
    edges.add(0L);
    for (int h = 0; h <= hours; h++) {
      edges.add(Trips.FIRST_HOUR + h * Trips.HOUR);
    }
    edges.add(Long.MAX_VALUE);
  }

  void step() {
    running.removeIf(Backfill::isOver);
    if (running.isEmpty() || world.chance(SECOND_STARTS)) {
      start();
    } else {
      Backfill run = running.get(world.random.nextInt(running.size()));
      if (world.chance(CRASH)) {
        run.end("crashes");
      } else {
        run.step();
      }
    }
  }

  private void start() {
    if (!Backfill.isLive(world, world.pipeline, Long.MAX_VALUE)) {
      return;
    }
    if (world.fault != Fault.NO_FENCE) {
      running.forEach(run -> run.end("is fenced"));
      running.clear();
    }
    if (undoing.isEmpty() && !world.committed.isEmpty() && world.chance(.15)) {
      planUndo();
    }
    Plan plan = undoing.isEmpty() ? plan() : undoing.remove();
    running.add(new Backfill(world, plan, nextEpoch()));
  }

  private long nextEpoch() {
    if (world.fault == Fault.EPOCH_REUSE) {
      return (world.committed.isEmpty() ? 0 : world.committed.lastKey()) + 1;
    }
    int step = world.fault == Fault.LATE_UNLESS ? 2 : 1;
    return step * (world.started.size() + 1L);
  }

  private Plan plan() {
    TimeRange range = TimeRange.ALL;
    if (world.chance(.65)) {
      int from = world.random.nextInt(edges.size() - 1);
      int to = from + 1 + world.random.nextInt(edges.size() - 1 - from);
      range = new TimeRange(edges.get(from), edges.get(to));
    }
    double source = world.random.nextDouble();
    Inputs inputs =
        source < .55
            ? Inputs.both(producer.files())
            : source < .85 ? Inputs.files(producer.files()) : Inputs.log();
    return new Plan(range, inputs, world.chance(.15), world.chance(.7), Optional.empty());
  }

  /**
   * Undoes a run where it is the newest: there the run before it is computed again from its inputs,
   * or the log alone where there is none.
   */
  private void planUndo() {
    List<Committed> runs = List.copyOf(world.committed.values());
    Committed undone = runs.get(world.random.nextInt(runs.size()));
    int slot = 0;
    while (slot < edges.size() - 1) {
      int end = slot + 1;
      Optional<Committed> before = before(undone, slot);
      if (newest(slot, Long.MAX_VALUE).equals(Optional.of(undone))) {
        while (end < edges.size() - 1
            && newest(end, Long.MAX_VALUE).equals(Optional.of(undone))
            && before(undone, end).equals(before)) {
          end++;
        }
        world.trace.add("run %d is to be undone", undone.epoch());
        undoing.add(
            new Plan(
                new TimeRange(edges.get(slot), edges.get(end)),
                before.map(Committed::inputs).orElseGet(Inputs::log),
                world.chance(.15),
                world.chance(.7),
                before.map(Committed::cut)));
      }
      slot = end;
    }
  }

  private Optional<Committed> before(Committed run, int slot) {
    return newest(slot, run.epoch());
  }

  /** The newest committed run over a stretch between two edges, with an epoch below a limit. */
  private Optional<Committed> newest(int slot, long limit) {
    return world.committed.headMap(limit, false).descendingMap().values().stream()
        .filter(run -> run.range().contains(edges.get(slot)))
        .findFirst();
  }
}
