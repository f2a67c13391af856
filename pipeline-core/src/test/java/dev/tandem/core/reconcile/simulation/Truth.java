package dev.tandem.core.reconcile.simulation;

import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.reconcile.Ledger;
import dev.tandem.core.reconcile.Partial;
import dev.tandem.core.reconcile.simulation.World.Committed;
import dev.tandem.core.row.EventRows;
import dev.tandem.core.row.RowKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold: after every step, and when nothing is left to do. */
final class Truth {
  private final World world;
  private final App app;
  private final Producer producer;

  Truth(World world, App app, Producer producer) {
    this.world = world;
    this.app = app;
    this.producer = producer;
  }

  /** No row, as published or as stored, counts a trip twice. */
  void checkNothingTwice() {
    for (RowKey key : world.fresh) {
      if (world.published.containsKey(key)) {
        checkOnce("published", key, world.published.get(key).served());
      }
    }
    world.fresh.clear();
    for (SecondTask task : app.seconds()) {
      task.check((key, state) -> checkOnce("stored", key, state));
    }
  }

  private static void checkOnce(String where, RowKey key, RowState state) {
    long digits = Trips.digits(state);
    for (long rest = digits; rest != 0; rest >>>= 4) {
      if ((rest & 15) > 1) {
        throw new Broken(where + " row " + key + " counts a trip twice: " + text(state));
      }
    }
    if (Long.bitCount(digits) != state.events()) {
      throw new Broken(where + " row " + key + " has lost count: " + text(state));
    }
  }

  /** Every event read is accounted for, by partition of the log. */
  void checkLedgers() {
    for (int p = 0; p < world.partitions; p++) {
      Ledger ledger = app.firsts().get(p).ledger();
      int partition = p;
      long distinct =
          producer.first().values().stream().filter(f -> f.partition() == partition).count();
      long valid = producer.valid(p);
      long invalid = producer.invalid(p);
      boolean right =
          ledger.balances()
              && ledger.read() == valid + invalid
              && ledger.counted() + ledger.claimed() == distinct
              && ledger.duplicate() == valid - distinct
              && ledger.rejected() == invalid
              && world.rejected[p] == invalid
              && ledger.parked() == 0;
      if (!right) {
        throw new Broken(
            "partition %d of the log has %d trips, %d repeats and %d others, but %s, %d kept"
                .formatted(p, distinct, valid - distinct, invalid, ledger, world.rejected[p]));
      }
    }
  }

  /** Every row holds exactly the trips that it should, in the version that it should. */
  void checkExact() {
    for (AggregateDefinition aggregate : world.pipeline.aggregates()) {
      checkExact(aggregate);
    }
    Set<Long> ids = new TreeSet<>();
    world.pipeline.aggregates().forEach(a -> ids.add(a.id()));
    for (RowKey key : world.published.keySet()) {
      if (!ids.contains(key.definitionId())) {
        throw new Broken("row " + key + " of a definition that is gone is still published");
      }
    }
  }

  private void checkExact(AggregateDefinition aggregate) {
    PipelineDefinition alone =
        new PipelineDefinition(
            "alone",
            "",
            world.pipeline.zone(),
            world.pipeline.schema(),
            List.of(),
            List.of(),
            List.of(aggregate));
    EventRows rows = new EventRows(alone);
    Map<RowKey, RowState> empty = touched(rows);
    world.published.keySet().stream()
        .filter(k -> k.definitionId() == aggregate.id())
        .forEach(k -> empty.put(k, new RowState(rows.layout(aggregate.id()).orElseThrow())));
    empty.forEach(
        (key, state) -> {
          long since = since(aggregate, key);
          Optional<Committed> run = newest(aggregate, key, since);
          if (run.isPresent() || since == Partial.Progress.FROM_THE_START) {
            check(rows, key, state, run.map(Committed::inputs).orElseGet(Inputs::log), run);
          }
        });
  }

  /** Rows that some version of some trip touches, with nothing in them. */
  private Map<RowKey, RowState> touched(EventRows rows) {
    Map<RowKey, RowState> touched = new TreeMap<>();
    EventRows.RowConsumer add = (layout, key, window) -> touched.put(key, new RowState(layout));
    producer.first().values().forEach(found -> rows.forEach(found.event(), add));
    world
        .committed
        .values()
        .forEach(run -> run.inputs().files().values().forEach(e -> rows.forEach(e, add)));
    return touched;
  }

  /** Since which generation the row's partition counts the definition; MAX_VALUE if it does not. */
  private long since(AggregateDefinition aggregate, RowKey key) {
    return app.seconds()
        .get(world.rowPartition(key))
        .live()
        .getOrDefault(aggregate.hexId(), Long.MAX_VALUE);
  }

  private Optional<Committed> newest(AggregateDefinition aggregate, RowKey key, long since) {
    return world.committed.descendingMap().values().stream()
        .filter(run -> run.epoch() > since)
        .filter(run -> run.range().contains(key.windowStart()))
        .filter(run -> run.pipeline().aggregates().contains(aggregate))
        .findFirst();
  }

  private void check(
      EventRows rows, RowKey key, RowState empty, Inputs inputs, Optional<Committed> run) {
    RowState expected = empty.copy();
    inputs.files().values().forEach(event -> add(rows, key, expected, event));
    producer
        .first()
        .forEach(
            (i, found) -> {
              if (inputs.countsFromLog(i, found.partition(), found.offset())) {
                add(rows, key, expected, found.event());
              }
            });
    RowState actual = world.published.containsKey(key) ? world.published.get(key).served() : empty;
    if (!expected.equals(actual)) {
      throw new Broken(
          "at rest row %s is %s, should be %s by %s"
              .formatted(
                  key,
                  text(actual),
                  text(expected),
                  run.map(r -> "run " + r.epoch()).orElse("the log")));
    }
  }

  private static void add(EventRows rows, RowKey key, RowState into, Event event) {
    rows.forEach(
        event,
        (layout, touched, window) -> {
          if (touched.equals(key)) {
            into.add(event, Hashes.of(event.id()));
          }
        });
  }

  private static String text(RowState state) {
    return "[trips " + Long.toHexString(Trips.digits(state)) + ", " + state + "]";
  }
}
