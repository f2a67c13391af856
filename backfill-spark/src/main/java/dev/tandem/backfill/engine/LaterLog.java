package dev.tandem.backfill.engine;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Which events that only the log has count, row by row. Where the files alone are the truth, an
 * event that arrives behind the cut of the run that said so is new, and the stream counts it.
 *
 * @param runs the newest first; the first one whose range holds a row's window decides
 * @param elsewhere whether they count in a row that no run speaks of
 */
public record LaterLog(List<Run> runs, boolean elsewhere) implements Serializable {
  /** All of them. */
  public static final LaterLog ALL = new LaterLog(List.of(), true);

  /** None of them. */
  public static final LaterLog NONE = new LaterLog(List.of(), false);

  /**
   * A committed run with the files as its source; its range is {@code [from, to)}.
   *
   * @param cut by partition of the log, the offset of the barrier
   */
  public record Run(long from, long to, Map<Integer, Long> cut) implements Serializable {}

  boolean counts(int partition, long offset, long window) {
    for (Run run : runs) {
      if (run.from() <= window && window < run.to()) {
        return offset >= run.cut().getOrDefault(partition, Long.MAX_VALUE);
      }
    }
    return elsewhere;
  }
}
