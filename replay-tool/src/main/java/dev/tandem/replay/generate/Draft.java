package dev.tandem.replay.generate;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;

/**
 * An event in the making, of any pipeline.
 *
 * @param number in the whole history, from 0
 * @param start event time as the wall clock shows it
 * @param end every other time of the event
 * @param seconds what is said to lie between them
 */
record Draft(
    long number,
    LocalDateTime start,
    LocalDateTime end,
    long seconds,
    Defect defect,
    Random random) {
  static Draft of(long number, long second, Random random) {
    LocalDateTime start =
        LocalDateTime.ofEpochSecond(second, random.nextInt(1_000) * 1_000_000, ZoneOffset.UTC);
    long seconds = Math.round(Chance.logNormal(900, 0.9, random));
    Defect defect = Defect.of(number);
    LocalDateTime end =
        switch (defect) {
          case ENDS_EARLY -> start.minusMinutes(1 + random.nextInt(90));
          case STUCK_CLOCK -> LocalDateTime.of(2080, 1, 5, 0, 2);
          case NONE, NO_DURATION, FAR -> start.plusSeconds(seconds);
        };
    if (defect == Defect.STUCK_CLOCK) {
      seconds = end.toEpochSecond(ZoneOffset.UTC) - second;
    }
    return new Draft(number, start, end, seconds, defect, random);
  }
}
