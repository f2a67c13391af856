package dev.tandem.core.reconcile.simulation;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One random history of trips, repeats, what is no event, claims, barriers, corrections, ranges,
 * changing files and definitions, lag and crashes, driven by a seed through the real classes;
 * topics and stores are lists and maps with transactions.
 *
 * <p>After every step no row, as published or as stored, counts a trip twice; at rest every row
 * holds exactly what it should, and every partition's ledger says what became of its records.
 */
final class Simulation {
  /** Trouble that a history cannot get out of. */
  private static final int MOST_ROUNDS = 100_000;

  private final World world;
  private final Producer producer;
  private final App app;
  private final Batch batch;
  private final Truth truth;
  private final boolean changesDefinitions;

  /** What broke, and the steps that led there. */
  record Failure(long seed, String message, List<String> steps) {
    @Override
    public String toString() {
      return "seed " + seed + ": " + message + "\n  " + String.join("\n  ", steps);
    }
  }

  private Simulation(long seed, Fault fault, Trace trace) {
    SplittableRandom random = new SplittableRandom(seed);
    int hours = 2 + random.nextInt(4);
    this.world = new World(random, fault, trace, 1 + random.nextInt(3));
    this.changesDefinitions = world.chance(.4);
    this.producer = new Producer(world, new Trips(random, hours));
    this.app = new App(world);
    this.batch = new Batch(world, producer, hours);
    this.truth = new Truth(world, app, producer);
  }

  /** Whether the history of a seed breaks a promise. */
  static boolean fails(long seed, Fault fault) {
    return play(seed, fault, new Trace(false)).isPresent();
  }

  /** Plays the history of a seed; returns what broke, or empty. */
  static Optional<Failure> play(long seed, Fault fault) {
    return play(seed, fault, new Trace(true));
  }

  private static Optional<Failure> play(long seed, Fault fault, Trace trace) {
    try {
      new Simulation(seed, fault, trace).play();
      return Optional.empty();
    } catch (Broken e) {
      return Optional.of(new Failure(seed, e.getMessage(), trace.steps()));
    }
  }

  private void play() {
    int steps = 50 + world.random.nextInt(350);
    for (int i = 0; i < steps; i++) {
      world.clock += world.random.nextInt(400);
      step();
      truth.checkNothingTwice();
    }
    settle();
    truth.checkLedgers();
    truth.checkExact();
  }

  private void step() {
    double x = world.random.nextDouble();
    if (x < .12) {
      producer.send();
    } else if (x < .2) {
      producer.changeFiles();
    } else if (x < .22 && changesDefinitions) {
      changeDefinitions();
    } else if (x < .45) {
      batch.step();
    } else {
      app.step();
    }
  }

  private void changeDefinitions() {
    int next = world.random.nextInt(Trips.PIPELINES.size());
    world.pipeline = Trips.PIPELINES.get(next);
    world.trace.add("the file says pipeline %d", next);
  }

  /** Lets the app run until nothing is left to do. */
  private void settle() {
    world.trace.add("no more input");
    app.startAll();
    boolean busy = true;
    for (int rounds = 0; busy; rounds++) {
      world.clock += 10_000;
      busy = app.work();
      truth.checkNothingTwice();
      if (rounds > MOST_ROUNDS) {
        throw new Broken("the app does not come to rest");
      }
    }
  }
}
