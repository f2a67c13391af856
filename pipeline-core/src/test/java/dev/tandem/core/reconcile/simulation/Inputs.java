package dev.tandem.core.reconcile.simulation;

import dev.tandem.core.event.Event;
import java.util.Map;
import java.util.Optional;

/**
 * What a batch counts: the files' version of every trip in them, and of the log the others.
 *
 * @param files by trip number
 * @param logFrom by partition, the offset from which trips that only the log has count; empty where
 *     the files alone are the truth, and that is the batch's own cut
 */
record Inputs(Map<Integer, Event> files, Optional<Map<Integer, Long>> logFrom) {
  Inputs {
    files = Map.copyOf(files);
    logFrom = logFrom.map(Map::copyOf);
  }

  static Inputs files(Map<Integer, Event> files) {
    return new Inputs(files, Optional.empty());
  }

  static Inputs log() {
    return both(Map.of());
  }

  static Inputs both(Map<Integer, Event> files) {
    return new Inputs(files, Optional.of(Map.of()));
  }

  /** The same, counting what comes behind the cut. */
  Inputs at(Map<Integer, Long> cut) {
    return logFrom.isPresent() ? this : new Inputs(files, Optional.of(cut));
  }

  /** Whether a trip counts whose first valid record in the log is at this place. */
  boolean countsFromLog(int trip, int partition, long offset) {
    return !files.containsKey(trip)
        && logFrom.map(from -> offset >= from.getOrDefault(partition, 0L)).orElse(false);
  }

  @Override
  public String toString() {
    return "files " + files.keySet() + logFrom.map(from -> ", log from " + from).orElse("");
  }
}
