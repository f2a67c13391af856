package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.Source;
import dev.tandem.core.time.TimeRange;
import java.io.Serializable;

/**
 * Which events a batch counts, and in which rows.
 *
 * @param source what it is made of
 * @param laterLog which events that only the log has count; for {@link Source#FILES} only
 * @param from start of the range, see {@link TimeRange}
 * @param to its end, exclusive
 * @param logPartitions how many partitions the log has
 */
public record Selection(Source source, LaterLog laterLog, long from, long to, int logPartitions)
    implements Serializable {

  /** What a backfill counts. */
  public static Selection of(Source source, TimeRange range, int logPartitions) {
    LaterLog log = source.usesLog() ? LaterLog.ALL : LaterLog.NONE;
    return new Selection(source, log, range.from(), range.to(), logPartitions);
  }

  /** The same with another rule for events that only the log has. */
  public Selection with(LaterLog rule) {
    return new Selection(source, rule, from, to, logPartitions);
  }

  /** Every event of the log in the same range. */
  public Selection ofLog() {
    return new Selection(Source.LOG, LaterLog.ALL, from, to, logPartitions);
  }

  TimeRange range() {
    return new TimeRange(from, to);
  }
}
