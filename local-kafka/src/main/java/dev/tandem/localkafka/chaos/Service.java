package dev.tandem.localkafka.chaos;

import java.time.Duration;
import java.util.function.Supplier;

/** A process that is started again, after a while, whenever it has ended. */
final class Service {
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final Journal journal;
  private final Supplier<Worker> start;
  private final Supplier<Duration> pause;
  private Worker worker;
  private boolean isDown;
  private long startAt;

  /**
   * Starts it.
   *
   * @param pause how long to leave it down, drawn anew each time
   */
  Service(Journal journal, Supplier<Worker> start, Supplier<Duration> pause) {
    this.journal = journal;
    this.start = start;
    this.pause = pause;
    this.worker = start.get();
  }

  Worker worker() {
    return worker;
  }

  /** Looks after it; to be called often. */
  void tick() {
    if (!isDown && !worker.isAlive()) {
      journal.ended(worker);
      isDown = true;
      Duration down = worker.wasKilled() ? pause.get() : A_MOMENT;
      startAt = System.nanoTime() + down.toNanos();
    }
    if (isDown && System.nanoTime() >= startAt) {
      worker = start.get();
      isDown = false;
    }
  }

  /** Does not leave it down any longer. */
  void hurry() {
    startAt = Math.min(startAt, System.nanoTime());
  }
}
