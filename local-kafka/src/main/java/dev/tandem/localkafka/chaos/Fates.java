package dev.tandem.localkafka.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Decides of every process when it is killed, if at all, and does it. A replay or a backfill dies
 * at some moment of the time that such a one takes on this machine; services die some time after
 * they began to serve, an app sometimes before.
 */
final class Fates {
  private static final long SECOND = 1_000_000_000L;
  private static final double FIRST_GUESS_SECONDS = 25;

  private final Dice dice;
  private final Journal journal;
  private final Supplier<List<Worker>> others;
  private final List<Fate> fates = new ArrayList<>();
  private final Map<Worker.Kind, Double> typical = new EnumMap<>(Worker.Kind.class);

  /** It is killed so long after its start, or after it began to serve. */
  private static final class Fate {
    final Worker worker;
    final boolean fromReady;
    final long nanos;
    long since = System.nanoTime();
    boolean ready;

    Fate(Worker worker, boolean fromReady, long nanos) {
      this.worker = worker;
      this.fromReady = fromReady;
      this.nanos = nanos;
    }

    boolean isDue() {
      if (fromReady && !ready) {
        ready = worker.isReady();
        since = System.nanoTime();
      }
      return ready == fromReady && System.nanoTime() - since >= nanos;
    }
  }

  /**
   * @param others all that may be killed together with one
   */
  Fates(Dice dice, Journal journal, Supplier<List<Worker>> others) {
    this.dice = dice;
    this.journal = journal;
    this.others = others;
  }

  /** Kills a service some time after it serves, mostly. */
  void service(Worker worker, int leastSeconds, int mostSeconds) {
    // A broker that never comes back would only show that nothing works without one.
    boolean fromReady = worker.kind() == Worker.Kind.BROKER || dice.chance(0.7);
    long seconds = fromReady ? dice.between(leastSeconds, mostSeconds) : dice.between(1, 15);
    fates.add(new Fate(worker, fromReady, seconds * SECOND));
  }

  /** Kills a command at some moment of its work, or a little behind it. */
  void command(Worker worker) {
    double seconds = typical.getOrDefault(worker.kind(), FIRST_GUESS_SECONDS);
    long nanos = (long) (seconds * SECOND * dice.between(15, 110) / 100.0);
    fates.add(new Fate(worker, false, nanos));
  }

  /** A command has done all its work in so many seconds. */
  void took(Worker.Kind kind, double seconds) {
    typical.merge(kind, seconds, (before, now) -> 0.7 * before + 0.3 * now);
  }

  /** Kills what is due, one in five together with others; to be called often. */
  void tick() {
    fates.removeIf(fate -> !fate.worker.isAlive() || fate.worker.wasKilled());
    for (Fate fate : List.copyOf(fates)) {
      if (fate.isDue()) {
        journal.kill(fate.worker);
        if (dice.chance(0.2)) {
          for (int n = dice.between(1, 3); n > 0; n--) {
            Worker other = dice.of(others.get());
            if (other.kind() != Worker.Kind.BROKER || other.isReady()) {
              journal.kill(other);
            }
          }
        }
      }
    }
  }

  /** Spares all that still live. */
  void end() {
    fates.clear();
  }
}
