package dev.tandem.core.decision;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Decision;
import dev.tandem.core.definition.PipelineDefinition;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides history again, hour by hour, with the engine of the stream and what would have been
 * learned by then: only from hours before the night in which it is learned. Counts the alerts and
 * measures the predictions. Not thread-safe.
 */
public final class Backtest {
  private static final int OF_DAY = 24;

  /** A gap longer than this is not walked through. */
  private static final long MOST_GAP = 40L * OF_DAY * Hours.LENGTH;

  /** Before the first hour that counts, so that the {@link Levels} have settled by then. */
  private static final long WARM_UP = 8L * OF_DAY * Hours.LENGTH;

  private final PipelineDefinition pipeline;
  private final BacktestPlan plan;
  private final Hours hours;
  private final DecisionEngine engine;
  private final Latest baselines = new Latest();
  private final Levels levels = new Levels();
  private final Map<AggregateDefinition, SubjectCounts> history = new LinkedHashMap<>();
  private final Map<AggregateDefinition, Forecast> forecasts = new LinkedHashMap<>();
  private final Map<String, AlertCounts> alerts = new LinkedHashMap<>();
  private long sequence;
  private OptionalLong next = OptionalLong.empty();

  public Backtest(PipelineDefinition pipeline, BacktestPlan plan) {
    this.pipeline = pipeline;
    this.plan = plan;
    this.hours = new Hours(pipeline.zone());
    this.engine = new DecisionEngine(pipeline, 1, baselines, new Forgetful(), this::count);
    for (Decision decision : pipeline.decisions().all()) {
      alerts.put(decision.name(), new AlertCounts(decision));
    }
    for (AggregateDefinition aggregate : pipeline.decisions().learned()) {
      history.put(aggregate, new SubjectCounts());
      forecasts.put(aggregate, new Forecast(aggregate.name()));
    }
  }

  /** One version at a time. */
  private static final class Latest implements Baselines {
    private @Nullable Baseline baseline;
    private long version;

    private void replace(Map<AggregateDefinition, Map<String, WeekProfile>> profiles) {
      Map<Long, Map<String, WeekProfile>> byId = new HashMap<>();
      profiles.forEach((aggregate, bySubject) -> byId.put(aggregate.id(), bySubject));
      version++;
      baseline = new Baseline(Long.toString(version), byId, Map.of());
    }

    @Override
    public Optional<String> newest() {
      return Optional.ofNullable(baseline).map(Baseline::version);
    }

    @Override
    public Optional<Baseline> find(String name) {
      return Optional.ofNullable(baseline).filter(b -> b.version().equals(name));
    }
  }

  /** Nothing is restarted here. */
  private static final class Forgetful implements DecisionState {
    @Override
    public void forEach(BiConsumer<byte[], byte[]> entry) {}

    @Override
    public void put(byte[] key, byte @Nullable [] value) {}
  }

  /**
   * Takes what is known of an hour.
   *
   * @param parts all of them, of the same hour; later than those of the call before
   */
  public void hour(List<ClosedHour> parts) {
    long hour = parts.get(0).hour();
    if (hour >= plan.to()) {
      return;
    }
    long from = next.orElse(hour);
    for (long gap = from; gap < hour && hour - from <= MOST_GAP; gap = hours.next(gap)) {
      take(gap, List.of());
    }
    take(hour, parts);
    next = OptionalLong.of(hours.next(hour));
  }

  /** The decisions and predictions so far, hours without anything at the end included. */
  public BacktestResult finish() {
    while (next.isPresent() && next.getAsLong() < plan.to()) {
      long hour = next.getAsLong();
      take(hour, List.of());
      next = OptionalLong.of(hours.next(hour));
    }
    return new BacktestResult(
        plan,
        alerts.values().stream().toList(),
        forecasts.values().stream().toList(),
        baselines.version);
  }

  private void take(long hour, List<ClosedHour> parts) {
    learn(hour);
    HourCounts counts = new HourCounts();
    parts.forEach(counts::add);
    Optional.ofNullable(baselines.baseline).ifPresent(b -> predict(b, hour, counts));
    history.forEach(
        (aggregate, known) -> {
          Map<String, Long> came = new HashMap<>();
          counts
              .subjects(aggregate.id())
              .forEach(s -> came.put(s, counts.count(aggregate.id(), s)));
          known.add(hour, came);
        });
    decide(hour, parts);
  }

  /** At midnight, or once. */
  private void learn(long hour) {
    if (plan.learnTo().isPresent()) {
      if (baselines.version == 0 && hour >= plan.learnTo().getAsLong()) {
        learnBefore(plan.learnTo().getAsLong());
      }
    } else if (hour >= plan.from() - WARM_UP && hours.ofWeek(hour) % OF_DAY == 0) {
      learnBefore(hour);
    }
  }

  private void learnBefore(long end) {
    WeekLearner learner = new WeekLearner(pipeline.zone(), end);
    long from = plan.learnFrom().orElse(learner.begin());
    Map<AggregateDefinition, Map<String, WeekProfile>> profiles = new HashMap<>();
    history.forEach(
        (aggregate, known) -> {
          known.forgetBefore(learner.begin());
          profiles.put(aggregate, known.learn(learner, from));
        });
    baselines.replace(profiles);
  }

  private void predict(Baseline baseline, long hour, HourCounts counts) {
    int hourOfWeek = hours.ofWeek(hour);
    forecasts.forEach(
        (aggregate, forecast) -> {
          if (hour >= plan.from()) {
            double level = levels.of(aggregate);
            SubjectCounts known = Objects.requireNonNull(history.get(aggregate));
            Map<String, WeekProfile> profiles = baseline.of(aggregate);
            forecast.add(
                profiles.keySet(),
                s -> Objects.requireNonNull(profiles.get(s)).at(hourOfWeek).at(level).expected(),
                s -> known.at(s, hour - Hours.OF_WEEK * Hours.LENGTH),
                s -> counts.count(aggregate.id(), s));
          }
          levels.observe(aggregate, counts, baseline, hourOfWeek);
        });
  }

  /** The engine takes an hour in parts, of which the last one closes it. */
  private void decide(long hour, List<ClosedHour> parts) {
    for (int i = 0; i < parts.size(); i++) {
      accept(parts.get(i), i == parts.size() - 1 ? hours.next(hour) : hour);
    }
    if (parts.isEmpty()) {
      accept(empty(hour), hours.next(hour));
    }
  }

  private void accept(ClosedHour part, long closedBefore) {
    sequence++;
    engine.accept(
        new ClosedHour(
            0,
            0,
            sequence,
            part.hour(),
            closedBefore,
            part.read(),
            part.rejected(),
            part.counts(),
            part.outliers()));
  }

  private static ClosedHour empty(long hour) {
    return new ClosedHour(0, 0, 0, hour, hour, 0, 0, Map.of(), List.of());
  }

  private void count(Alert alert) {
    if (alert.hour() >= plan.from() && alert.hour() < plan.to()) {
      Objects.requireNonNull(alerts.get(alert.decision())).add(alert);
    }
  }
}
