package dev.tandem.core.decision;

import dev.tandem.core.TandemException;
import dev.tandem.core.time.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalLong;

/**
 * What of history is decided and predicted, and from what is learned. Times are starts of hours,
 * milliseconds since the epoch.
 *
 * @param from what comes before is only learned from, and brings the engine to where it would be
 * @param to end, exclusive
 * @param learnFrom earlier hours are not learned from; empty: from the beginning on
 * @param learnTo learned once, from what is before this; empty: anew at every midnight
 */
public record BacktestPlan(long from, long to, OptionalLong learnFrom, OptionalLong learnTo) {
  public BacktestPlan {
    if (from >= to) {
      throw new IllegalArgumentException("from " + from + " to " + to);
    }
    if (learnTo.isPresent() && learnTo.getAsLong() > from) {
      throw new IllegalArgumentException("learned from what is to be predicted");
    }
  }

  /**
   * The plan for what a user asks of a history.
   *
   * @param asked what to decide; where it is open at its start: the time behind as many weeks as
   *     learning looks back on, at most half of the history, or all of a history of less than a
   *     week; it ends with the history at the latest
   * @param learned what to learn from; open at its end: anew at every midnight
   * @throws TandemException wrong use, when nothing is left to decide, or it would be learned from
   */
  public static BacktestPlan of(
      LearnedRange history, TimeRange asked, TimeRange learned, ZoneId zone) {
    Hours hours = new Hours(zone);
    long end = hours.next(history.end());
    long warmUp =
        history.isWeek()
            ? Math.min(
                WeekLearner.WEEKS * Hours.OF_WEEK * Hours.LENGTH, (end - history.first()) / 2)
            : 0;
    OptionalLong learnFrom = hour(hours, learned.from(), TimeRange.ALL.from());
    OptionalLong learnTo = hour(hours, learned.to(), TimeRange.ALL.to());
    long from =
        hour(hours, asked.from(), TimeRange.ALL.from())
            .orElse(learnTo.orElse(hours.of(history.first() + warmUp)));
    long to = Math.min(end, hour(hours, asked.to(), TimeRange.ALL.to()).orElse(end));
    if (from >= to) {
      throw TandemException.wrongUse(
          "nothing to decide: the files have events from %s to %s: give --from and --to within"
              .formatted(time(history.first(), zone), time(end, zone)));
    }
    if (learnTo.isPresent() && learnTo.getAsLong() > from) {
      throw TandemException.wrongUse(
          "--learn-to is behind --from %s: what is predicted cannot be learned from"
              .formatted(time(from, zone)));
    }
    return new BacktestPlan(from, to, learnFrom, learnTo);
  }

  private static OptionalLong hour(Hours hours, long time, long open) {
    return time == open ? OptionalLong.empty() : OptionalLong.of(hours.of(time));
  }

  private static String time(long time, ZoneId zone) {
    return Instant.ofEpochMilli(time).atZone(zone).toOffsetDateTime().toString();
  }
}
