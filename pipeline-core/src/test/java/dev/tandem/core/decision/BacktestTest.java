package dev.tandem.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten weeks of two stations that are busy by day, the counts of a Poisson process. */
class BacktestTest {
  private static final long HOUR = TestPipeline.HOUR;
  private static final long DAY = 24 * HOUR;
  private static final long WEEK = 7 * DAY;
  private static final long START = TestPipeline.START;
  private static final long FROM = START + 8 * WEEK;
  private static final long END = START + 10 * WEEK;

  private final PipelineDefinition pipeline = TestPipeline.load();
  private final AggregateDefinition departures = TestPipeline.aggregate(pipeline, "departures");
  private final AggregateDefinition arrivals = TestPipeline.aggregate(pipeline, "arrivals");

  /** By hour, "A" and "B". */
  private final Map<Long, long[]> counts = new HashMap<>();

  @BeforeEach
  void makeHistory() {
    Random random = new Random(7);
    for (long hour = START; hour < END; hour += HOUR) {
      boolean busy = (hour - START) % DAY >= 8 * HOUR && (hour - START) % DAY < 20 * HOUR;
      counts.put(hour, new long[] {poisson(random, busy ? 6 : 0.3), poisson(random, 1)});
    }
  }

  private static long poisson(Random random, double mean) {
    double product = random.nextDouble();
    long n = 0;
    for (double limit = Math.exp(-mean); product > limit; n++) {
      product *= random.nextDouble();
    }
    return n;
  }

  private BacktestResult run(BacktestPlan plan) {
    Backtest backtest = new Backtest(pipeline, plan);
    for (long hour = START; hour < END; hour += HOUR) {
      long[] n = counts.get(hour);
      Map<String, Long> bySubject = new HashMap<>();
      bySubject.put("A", n[0]);
      bySubject.put("B", n[1]);
      bySubject.values().removeIf(count -> count == 0);
      if (!bySubject.isEmpty()) {
        Map<Long, Map<String, Long>> all =
            Map.of(departures.id(), bySubject, arrivals.id(), bySubject);
        backtest.hour(
            List.of(new ClosedHour(0, 0, 1, hour, hour + HOUR, n[0] + n[1], 0, all, List.of())));
      }
    }
    return backtest.finish();
  }

  private static BacktestPlan nightly(long to) {
    return new BacktestPlan(FROM, to, OptionalLong.empty(), OptionalLong.empty());
  }

  private static Forecast forecast(BacktestResult result) {
    return result.forecasts().stream()
        .filter(f -> f.aggregate().equals("departures"))
        .findFirst()
        .orElseThrow();
  }

  private static AlertCounts alerts(BacktestResult result, String decision) {
    return result.alerts().stream()
        .filter(a -> a.decision().name().equals(decision))
        .findFirst()
        .orElseThrow();
  }

  /** A difference of two counts spreads √2 times as much as one count around its mean. */
  @Test
  void shouldPredictBetterThanLastWeekWhereHoursAreAlike() {
    BacktestResult result = run(nightly(END));
    Forecast.Errors each = forecast(result).bySubject();
    assertThat(each.predictions()).isEqualTo(2 * 2 * 168);
    assertThat(each.learned()).isLessThan(0.85 * each.naive());
    Forecast.Errors all = forecast(result).altogether();
    assertThat(all.predictions()).isEqualTo(2 * 168);
    assertThat(all.learned()).isLessThan(0.85 * all.naive());
    assertThat(all.zero()).isGreaterThan(all.naive());
  }

  /** By hand, of the same counts. */
  @Test
  void shouldMeasureTheNaivePredictions() {
    double naive = 0;
    double zero = 0;
    for (long hour = FROM; hour < END; hour += HOUR) {
      for (int subject = 0; subject < 2; subject++) {
        naive += Math.abs(counts.get(hour)[subject] - counts.get(hour - WEEK)[subject]);
        zero += counts.get(hour)[subject];
      }
    }
    Forecast.Errors each = forecast(run(nightly(END))).bySubject();
    assertThat(each.naive()).isEqualTo(naive / (2 * 2 * 168));
    assertThat(each.zero()).isEqualTo(zero / (2 * 2 * 168));
  }

  @Test
  void shouldNeverLookAhead() {
    BacktestPlan week = nightly(FROM + WEEK);
    Forecast before = forecast(run(week));
    for (long hour = FROM + WEEK; hour < END; hour += HOUR) {
      counts.put(hour, new long[] {500, 500});
    }
    assertThat(forecast(run(week)).bySubject()).isEqualTo(before.bySubject());
  }

  @Test
  void shouldLearnOnceWhenItIsToldUntilWhen() {
    BacktestPlan once =
        new BacktestPlan(FROM, END, OptionalLong.empty(), OptionalLong.of(FROM - WEEK));
    BacktestResult result = run(once);
    assertThat(result.learned()).isEqualTo(1);
    Forecast.Errors before = forecast(result).bySubject();
    assertThat(forecast(run(nightly(END))).bySubject()).isNotEqualTo(before);
    assertThat(run(nightly(END)).learned()).isGreaterThan(14);
  }

  /** "A" falls silent for a day, as the engine of the stream would see it, and comes back. */
  @Test
  void shouldCountWhatTheEngineRaisesAndClears() {
    for (long hour = FROM + 3 * DAY; hour < FROM + 4 * DAY; hour += HOUR) {
      counts.put(hour, new long[] {0, counts.get(hour)[1]});
    }
    BacktestResult result = run(nightly(END));
    AlertCounts silent = alerts(result, "silent");
    assertThat(silent.raised()).isEqualTo(1);
    assertThat(silent.cleared()).isEqualTo(1);
    assertThat(silent.top(3)).containsExactly(Map.entry("A", 1L));
    assertThat(alerts(result, "rebalance").raised()).isZero();
    assertThat(result.days()).isEqualTo(14);
  }
}
