package dev.tandem.core.decision;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * How far predictions of the next hour of one aggregate were from what came: sums of absolute
 * errors, of each subject and of all of them together. The learned prediction is what the engine
 * holds an hour against, the naive one what came 168 hours before, the third always zero: most
 * hours of most stations have no event, and whoever claims to predict them must beat that as well.
 */
public final class Forecast {
  private final String aggregate;
  private final double[] bySubject = new double[3];
  private final double[] altogether = new double[3];
  private long subjectHours;
  private long hours;

  Forecast(String aggregate) {
    this.aggregate = aggregate;
  }

  /**
   * Mean absolute errors, events an hour.
   *
   * @param predictions how many
   */
  public record Errors(long predictions, double learned, double naive, double zero) {
    private static Errors mean(double[] sums, long n) {
      return n == 0 ? new Errors(0, 0, 0, 0) : new Errors(n, sums[0] / n, sums[1] / n, sums[2] / n);
    }
  }

  /** Takes an hour of the subjects that are known: what was predicted of each, what came. */
  void add(
      Set<String> subjects,
      ToDoubleFunction<String> learned,
      ToLongFunction<String> weekBefore,
      ToLongFunction<String> came) {
    double[] sums = new double[3];
    for (String subject : new TreeSet<>(subjects)) {
      double expected = learned.applyAsDouble(subject);
      long before = weekBefore.applyAsLong(subject);
      long now = came.applyAsLong(subject);
      add(bySubject, expected, before, now);
      sums[0] += expected;
      sums[1] += before;
      sums[2] += now;
    }
    add(altogether, sums[0], sums[1], sums[2]);
    subjectHours += subjects.size();
    hours++;
  }

  private static void add(double[] errors, double learned, double naive, double came) {
    errors[0] += Math.abs(came - learned);
    errors[1] += Math.abs(came - naive);
    errors[2] += Math.abs(came);
  }

  public String aggregate() {
    return aggregate;
  }

  /** Of each subject by itself. */
  public Errors bySubject() {
    return Errors.mean(bySubject, subjectHours);
  }

  /** Of all known subjects together. */
  public Errors altogether() {
    return Errors.mean(altogether, hours);
  }
}
