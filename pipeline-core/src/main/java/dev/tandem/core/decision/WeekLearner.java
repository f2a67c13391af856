package dev.tandem.core.decision;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;

/**
 * Learns what is normal of a subject in each hour of the week, from its last {@value #WEEKS} weeks.
 * Hours without events count as zero from the subject's first event on.
 *
 * <ul>
 *   <li>Expected is the {@link RobustMean} of the hour's counts, at most one a week, drawn towards
 *       that of the same hour of all workdays or weekends with the weight of {@value #PRIOR} weeks:
 *       n / (n + {@value #PRIOR}) is Bühlmann's credibility (Experience Rating and Credibility,
 *       ASTIN Bulletin 4, 1967). A station has eight counts of an hour and forty of its workdays;
 *       the former alone are too few, the latter miss the Friday evening.
 *   <li>The spread is that of an overdispersed Poisson count, √(φ · expected): φ is what the
 *       variances of the hours come to over their means, one number a subject, at least 1
 *       (McCullagh and Nelder, Generalized Linear Models, 1989, 6.2).
 * </ul>
 *
 * <p>Eight weeks are a compromise between enough counts and the season; what the season moves
 * meanwhile is left to {@link Levels}. {@code ./tandem backtest} measures it. Immutable,
 * thread-safe.
 */
public final class WeekLearner {
  /** How far back it looks. */
  public static final int WEEKS = 8;

  /** At most so many subjects of an aggregate are learned, those with the most events. */
  public static final int MOST_SUBJECTS = 5_000;

  private static final double PRIOR = 2;
  private static final int OF_DAY = 24;
  private static final int SATURDAY = 5 * OF_DAY;

  private final long begin;
  private final long end;

  /** By hour since {@code begin}. */
  private final int[] hourOfWeek;

  private final int[] hourOfDay;

  /**
   * @param end start of an hour: it is learned from those before
   */
  public WeekLearner(ZoneId zone, long end) {
    Hours hours = new Hours(zone);
    this.end = end;
    this.hourOfWeek = new int[WEEKS * Hours.OF_WEEK];
    this.begin = end - hourOfWeek.length * Hours.LENGTH;
    for (int i = 0; i < hourOfWeek.length; i++) {
      hourOfWeek[i] = hours.ofWeek(begin + i * Hours.LENGTH);
    }
    this.hourOfDay = Arrays.stream(hourOfWeek).map(WeekLearner::ofDay).toArray();
  }

  /** Start of the first hour that it looks at. */
  public long begin() {
    return begin;
  }

  /** End of the last one, exclusive. */
  public long end() {
    return end;
  }

  /**
   * @param first hour of the subject's first event ever, or from which on it is to be learned
   * @param counts events by the start of their hour; others than the last weeks' are passed over
   */
  public WeekProfile learn(long first, Map<Long, Long> counts) {
    double[] series = series(counts);
    int from = (int) Math.max(0, Math.min(series.length, (first - begin) / Hours.LENGTH));
    double[][] byHour = grouped(series, from, hourOfWeek, Hours.OF_WEEK);
    double[][] byDay = grouped(series, from, hourOfDay, 2 * OF_DAY);
    return profile(byHour, byDay);
  }

  private double[] series(Map<Long, Long> counts) {
    double[] series = new double[hourOfWeek.length];
    counts.forEach(
        (hour, count) -> {
          if (hour >= begin && hour < end) {
            series[(int) ((hour - begin) / Hours.LENGTH)] += count;
          }
        });
    return series;
  }

  /** The values from {@code from} on, by the group of their place. */
  private static double[][] grouped(double[] series, int from, int[] group, int groups) {
    int[] sizes = new int[groups];
    for (int i = from; i < series.length; i++) {
      sizes[group[i]]++;
    }
    double[][] values = new double[groups][];
    for (int g = 0; g < groups; g++) {
      values[g] = new double[sizes[g]];
    }
    for (int i = series.length - 1; i >= from; i--) {
      values[group[i]][--sizes[group[i]]] = series[i];
    }
    return values;
  }

  /** The same hour of all workdays, 0 to 23, or of weekends, 24 to 47. */
  private static int ofDay(int hourOfWeek) {
    return hourOfWeek % OF_DAY + (hourOfWeek >= SATURDAY ? OF_DAY : 0);
  }

  private static WeekProfile profile(double[][] byHour, double[][] byDay) {
    double[] ofDay = Arrays.stream(byDay).mapToDouble(v -> RobustMean.of(v).mean()).toArray();
    double[] expected = new double[Hours.OF_WEEK];
    double variances = 0;
    double means = 0;
    for (int i = 0; i < expected.length; i++) {
      double[] values = byHour[i];
      RobustMean mean = RobustMean.of(values);
      expected[i] =
          (values.length * mean.mean() + PRIOR * ofDay[ofDay(i)]) / (values.length + PRIOR);
      if (values.length > 1) {
        variances += mean.squares(values) / (values.length - 1);
        means += mean.mean();
      }
    }
    double dispersion = means == 0 ? 1 : Math.max(1, variances / means);
    double[] spread = Arrays.stream(expected).map(mean -> Math.sqrt(dispersion * mean)).toArray();
    return new WeekProfile(expected, spread);
  }
}
