package dev.tandem.localkafka.chaos;

import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.fault.FailPoint;
import dev.tandem.core.kafka.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Rounds of fire and of checks, over the same data: while one lasts, replays, backfills, apps and
 * the broker die again and again; behind it everything comes to rest and every row is held against
 * what it must be.
 */
final class Chaos implements AutoCloseable {
  private static final int ROUNDS = 3;
  private static final Duration SHORTEST_ROUND = Duration.ofSeconds(200);
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(10);
  private static final Duration START = Duration.ofMinutes(10);
  private static final Duration REST = Duration.ofMinutes(15);
  private static final Duration LAST_BACKFILL = Duration.ofMinutes(5);
  private static final int STRANGE_EVENTS = 400;

  /** Seconds, at most. */
  private static final int APP_LIVES = 30;

  /** Seconds, at least. */
  private static final int BROKER_LIVES = 40;

  private static final long STEP_MILLIS = 100;

  private final Duration length;
  private final int instances;
  private final Crew crew;
  private final FailPoints points;
  private final Dice dice;
  private final Journal journal;
  private final Jobs jobs;
  private final Fates fates;
  private final Traffic traffic;
  private final StrangeEvents strange;
  private final Check check;
  private final List<Service> apps = new ArrayList<>();
  private final Service broker;
  private boolean fire;
  private int rounds;

  /**
   * @param length of all rounds together, rest and checks apart
   * @param instances of the app
   */
  Chaos(
      PipelineDefinition pipeline,
      List<Path> files,
      History history,
      Duration length,
      int instances,
      long seed,
      Crew crew,
      FailPoints points,
      Journal journal) {
    this.length = length;
    this.instances = instances;
    this.crew = crew;
    this.points = points;
    this.dice = new Dice(seed);
    this.journal = journal;
    this.jobs = new Jobs(journal);
    this.fates = new Fates(dice, journal, this::everyone);
    this.traffic =
        new Traffic(crew, pipeline.name(), files, history, points, dice, journal, jobs, fates);
    this.strange = new StrangeEvents(pipeline, history, dice, "chaos-" + seed + "-");
    this.check = new Check(pipeline, files, crew, journal, jobs);
    this.broker =
        new Service(
            journal, this::startBroker, () -> Duration.ofMillis(fire ? dice.between(0, 4_000) : 0));
  }

  /** Runs to the end; whether nothing was wrong. */
  boolean run() throws InterruptedException {
    await("the broker does not start", START, () -> broker.worker().isReady());
    for (int i = 1; i <= instances; i++) {
      int instance = i;
      apps.add(new Service(journal, () -> app(instance), this::pauseOfApp));
      await("app " + i + " does not get ready", START, this::allReady);
    }
    boolean right = true;
    for (Duration left = length;
        right && left.compareTo(Duration.ZERO) > 0;
        left = left.minus(round())) {
      rounds++;
      fire(Math.min(left.toNanos(), round().toNanos()));
      settle();
      right = check.run(this::step);
    }
    return right;
  }

  /** How long one lasts: several in the time given, none too short to get anywhere. */
  private Duration round() {
    Duration share = length.dividedBy(ROUNDS);
    return share.compareTo(SHORTEST_ROUND) < 0
        ? SHORTEST_ROUND
        : share.compareTo(LONGEST_ROUND) > 0 ? LONGEST_ROUND : share;
  }

  private Worker app(int instance) {
    if (!fire) {
      return crew.app(instance, Map.of());
    }
    boolean armed = dice.chance(0.5);
    Worker worker = crew.app(instance, armed ? dice.point(points, FailPoint.Where.APP) : Map.of());
    fates.service(worker, armed ? APP_LIVES / 2 : 1, APP_LIVES);
    return worker;
  }

  private Worker startBroker() {
    Worker worker = crew.broker();
    if (fire) {
      fates.service(worker, BROKER_LIVES, 3 * BROKER_LIVES);
    }
    return worker;
  }

  /** Mostly it is back before its tasks go to the other, sometimes not. */
  private Duration pauseOfApp() {
    if (!fire) {
      return Duration.ZERO;
    }
    return Duration.ofMillis(
        dice.chance(0.7) ? dice.between(0, 2_000) : dice.between(5_000, 30_000));
  }

  private void fire(long nanos) throws InterruptedException {
    journal.say("round %d", rounds);
    strange.send(crew.bootstrap(), STRANGE_EVENTS);
    fire = true;
    traffic.open();
    long end = System.nanoTime() + nanos;
    fates.service(broker.worker(), BROKER_LIVES / 2, 3 * BROKER_LIVES);
    apps.forEach(app -> fates.service(app.worker(), 1, APP_LIVES));
    while (System.nanoTime() < end) {
      traffic.tick();
      fates.tick();
      step();
    }
    fates.end();
    fire = false;
    traffic.close();
  }

  private List<Worker> everyone() {
    List<Worker> all = new ArrayList<>(List.of(broker.worker()));
    apps.forEach(app -> all.add(app.worker()));
    all.addAll(jobs.running(Worker.Kind.REPLAY));
    all.addAll(jobs.running(Worker.Kind.BACKFILL));
    return all;
  }

  private void settle() throws InterruptedException {
    journal.say("rest: what was killed comes back, what runs comes to its end");
    broker.hurry();
    apps.forEach(Service::hurry);
    jobs.running(Worker.Kind.REPLAY).forEach(Worker::stop);
    traffic.last();
    long patience = System.nanoTime() + LAST_BACKFILL.toNanos();
    long deadline = System.nanoTime() + REST.toNanos();
    while (!(jobs.isEmpty() && broker.worker().isReady() && allReady())) {
      if (System.nanoTime() > patience) {
        jobs.running(Worker.Kind.BACKFILL).forEach(journal::kill);
        jobs.running(Worker.Kind.REPLAY).forEach(journal::kill);
      }
      if (System.nanoTime() > deadline) {
        throw TandemException.failed(
            "the system does not come to rest in " + REST.toMinutes() + " minutes");
      }
      step();
    }
  }

  private boolean allReady() {
    return apps.stream().allMatch(app -> app.worker().isReady());
  }

  private void await(String otherwise, Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw TandemException.failed(otherwise + " in " + patience.toSeconds() + " s");
      }
      step();
    }
  }

  private void step() throws InterruptedException {
    broker.tick();
    apps.forEach(Service::tick);
    jobs.tick();
    Thread.sleep(STEP_MILLIS);
  }

  /** Tells what was done and what came of it. */
  void sum() {
    long committed = check.runs().stream().filter(Run::isCommitted).count();
    journal.sum("rounds             %d", rounds);
    journal.sumKills();
    journal.sum("ended by error     %d processes", journal.failed());
    journal.sum(
        "backfills          %d begun, %d committed, %d aborted",
        traffic.backfills(), committed, traffic.backfills() - committed);
    journal.sum("events in the log  %,d", check.events());
    journal.sum(
        "verify             %,d rows compared, %,d different", check.compared(), check.different());
    journal.sum("ledger             %s", check.balanced() ? "balanced" : "NOT BALANCED");
  }

  @Override
  public void close() throws InterruptedException {
    crew.stopAll();
  }
}
