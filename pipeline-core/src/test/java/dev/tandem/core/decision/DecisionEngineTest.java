package dev.tandem.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.definition.PipelineDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each kind of decision raises and clears, hour by hour. */
class DecisionEngineTest {
  private static final long START = TestPipeline.START;
  private static final long HOUR = TestPipeline.HOUR;

  private final PipelineDefinition pipeline = TestPipeline.load();
  private final long departures = TestPipeline.aggregate(pipeline, "departures").id();
  private final long arrivals = TestPipeline.aggregate(pipeline, "arrivals").id();
  private final long tags = TestPipeline.aggregate(pipeline, "tags").id();
  private final MapState state = new MapState();
  private final List<Alert> alerts = new ArrayList<>();
  private final Map<String, Baseline> known = new HashMap<>();
  private @Nullable String newest;
  private DecisionEngine engine = start(1);
  private final Map<Integer, Long> sequences = new HashMap<>();

  private DecisionEngine start(int partitions) {
    Baselines baselines =
        new Baselines() {
          @Override
          public Optional<String> newest() {
            return Optional.ofNullable(newest);
          }

          @Override
          public Optional<Baseline> find(String version) {
            return Optional.ofNullable(known.get(version));
          }
        };
    return new DecisionEngine(pipeline, partitions, baselines, state, alerts::add);
  }

  /** A baseline in which stations A to D have so many departures and arrivals in each hour. */
  private void baseline(String version, double expected) {
    double[] means = new double[168];
    double[] spreads = new double[168];
    Arrays.fill(means, expected);
    Arrays.fill(spreads, Math.sqrt(expected));
    Map<String, WeekProfile> profiles = new HashMap<>();
    Map<String, Place> places = new HashMap<>();
    for (String station : List.of("A", "B", "C", "D")) {
      profiles.put(station, new WeekProfile(means, spreads));
      places.put(station, new Place(45.5, -122.6 + places.size() * 0.01));
    }
    known.put(
        version, new Baseline(version, Map.of(departures, profiles, arrivals, profiles), places));
    newest = version;
  }

  private void hour(int hour, Map<Long, Map<String, Long>> counts) {
    part(0, hour, counts, 0, 0, List.of());
  }

  private void part(
      int partition,
      int hour,
      Map<Long, Map<String, Long>> counts,
      long read,
      long rejected,
      List<Outlying> outliers) {
    long start = START + hour * HOUR;
    engine.accept(
        new ClosedHour(
            partition,
            0,
            sequences.merge(partition, 1L, Long::sum),
            start,
            start + HOUR,
            read,
            rejected,
            counts,
            outliers));
  }

  private List<String> said() {
    return alerts.stream()
        .map(
            a ->
                "%s %s %s at %d"
                    .formatted(a.decision(), a.subject(), a.state(), (a.hour() - START) / HOUR))
        .toList();
  }

  @Test
  void shouldRaiseAnImbalanceOnceAndClearItOnce() {
    hour(0, Map.of(arrivals, Map.of("A", 3L)));
    hour(1, Map.of(arrivals, Map.of("A", 1L)));
    hour(2, Map.of(arrivals, Map.of("A", 4L)));
    hour(3, Map.of(departures, Map.of("A", 3L)));
    assertThat(said()).containsExactly("rebalance A RAISED at 1", "rebalance A CLEARED at 3");
    assertThat(alerts.get(0).value()).isEqualTo(4);
    assertThat(alerts.get(0).why()).isEqualTo("4 more came than left in 2 hours");
    assertThat(alerts.get(1).raisedIn()).isEqualTo(START + HOUR);
    assertThat(alerts.get(0).rows())
        .extracting(Alert.Row::window)
        .containsExactly(START, START + HOUR);
  }

  @Test
  void shouldNotRaiseAgainWithinTheQuietTime() {
    for (int i = 0; i < 9; i++) {
      hour(i, i % 3 == 0 ? Map.of(arrivals, Map.of("A", 5L)) : Map.of());
    }
    assertThat(said())
        .containsExactly(
            "rebalance A RAISED at 0",
            "rebalance A CLEARED at 2",
            "rebalance A RAISED at 6",
            "rebalance A CLEARED at 8");
  }

  @Test
  void shouldNotRaiseAnImbalanceThatIsNormal() {
    baseline("1", 8);
    hour(0, Map.of(arrivals, Map.of("A", 5L), departures, Map.of("B", 12L)));
    assertThat(said()).containsExactly("rebalance B RAISED at 0");
    assertThat(alerts.get(0).baseline()).isEqualTo("1");
    assertThat(alerts.get(0).why())
        .isEqualTo("12 more left than came in 2 hours; usual at this time is 0 ± 5.7");
  }

  @Test
  void shouldSuggestTheNearestStationThatStandsTheOtherWay() {
    baseline("1", 1);
    hour(0, Map.of(arrivals, Map.of("B", 9L, "C", 9L), departures, Map.of("A", 12L, "D", 4L)));
    Alert alert = alerts.get(0);
    assertThat(alert.subject()).isEqualTo("A");
    Alert.Suggestion suggestion = alert.suggestion().orElseThrow();
    assertThat(suggestion.action()).isEqualTo(Alert.Action.BRING_TO);
    assertThat(suggestion.count()).isEqualTo(9);
    assertThat(known.get("1").place(String.valueOf(suggestion.partner()))).isPresent();
    assertThat(suggestion.distanceKm()).isNotNull();
  }

  @Test
  void shouldRaiseASilenceWhereEventsWereExpected() {
    baseline("1", 3);
    Map<String, Long> usual = Map.of("A", 3L, "B", 3L, "C", 3L);
    for (int i = 0; i < 4; i++) {
      hour(i, Map.of(departures, usual));
    }
    hour(4, Map.of(departures, Map.of("A", 3L, "B", 3L, "C", 3L, "D", 1L)));
    assertThat(said()).containsExactly("silent D RAISED at 2", "silent D CLEARED at 4");
    assertThat(alerts.get(0).why()).startsWith("nothing of departures in 3 hours; usual are ");
  }

  @Test
  void shouldRaiseATrendAgainstTheHoursBefore() {
    for (int i = 0; i < 4; i++) {
      hour(i, Map.of(tags, Map.of("old", 5L, "new", 1L)));
    }
    hour(4, Map.of(tags, Map.of("old", 6L, "new", 6L, "few", 3L)));
    hour(5, Map.of(tags, Map.of("old", 6L, "new", 2L)));
    assertThat(said()).containsExactly("trending new RAISED at 4", "trending new CLEARED at 5");
    assertThat(alerts.get(0).why()).isEqualTo("6 in this hour; 1 an hour in the 4 before");
  }

  @Test
  void shouldRaiseAShareOfRejectedRecords() {
    part(0, 0, Map.of(), 4, 4, List.of());
    part(0, 1, Map.of(), 10, 3, List.of());
    part(0, 2, Map.of(), 0, 0, List.of());
    part(0, 3, Map.of(), 100, 1, List.of());
    assertThat(said()).containsExactly("rejects  RAISED at 1", "rejects  CLEARED at 3");
    assertThat(alerts.get(0).why()).isEqualTo("3 of 10 records rejected, 30 %");
  }

  @Test
  void shouldRaiseAnOutlierAndClearItAfterTheQuietTime() {
    part(0, 0, Map.of(), 0, 0, List.of(new Outlying("stuck", "bike-1", "t", START, 864_000)));
    part(0, 5, Map.of(), 0, 0, List.of(new Outlying("stuck", "bike-1", "u", START, 864_000)));
    hour(40, Map.of());
    assertThat(said()).containsExactly("stuck bike-1 RAISED at 0", "stuck bike-1 CLEARED at 29");
    assertThat(alerts.get(0).why())
        .isEqualTo("event t: 10 days from at to ended; at most 48 hours");
  }

  @Test
  void shouldWaitForTheSlowestPartition() {
    engine = start(2);
    part(0, 0, Map.of(arrivals, Map.of("A", 2L)), 0, 0, List.of());
    part(0, 5, Map.of(), 0, 0, List.of());
    assertThat(alerts).isEmpty();
    part(1, 0, Map.of(arrivals, Map.of("A", 2L)), 0, 0, List.of());
    assertThat(said()).containsExactly("rebalance A RAISED at 0");
    assertThat(engine.evaluatedHour()).hasValue(START);
  }

  @Test
  void shouldKeepItsBaselineWhenItStartsAgainAndTakeUpTheNewestAtTheNextHour() {
    baseline("1", 3);
    hour(0, Map.of());
    engine.save();
    baseline("2", 3);
    engine = start(1);
    assertThat(engine.baselineVersion()).hasValue("1");
    hour(1, Map.of());
    assertThat(engine.baselineVersion()).hasValue("2");
  }

  @Test
  void shouldIgnoreRepeatsAndRefuseGaps() {
    hour(0, Map.of(arrivals, Map.of("A", 3L)));
    sequences.put(0, 0L);
    hour(0, Map.of(arrivals, Map.of("A", 3L)));
    assertThat(alerts).isEmpty();
    sequences.put(0, 7L);
    assertThatThrownBy(() -> hour(1, Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed hour 8 of partition 0 came where 2 was due");
  }

  @Test
  void shouldForgetHoursThatNoDecisionLooksBackTo() {
    for (int i = 0; i < 100; i++) {
      hour(i, Map.of(tags, Map.of("a", 1L)));
      engine.save();
    }
    assertThat(state.size()).as("five hours back and where it stands").isLessThanOrEqualTo(6);
  }

  @Test
  void shouldNotLookAtEveryHourOfYearsWithoutEvents() {
    hour(0, Map.of(arrivals, Map.of("A", 5L)));
    hour(100_000, Map.of(arrivals, Map.of("A", 5L)));
    hour(100_001, Map.of());
    assertThat(said())
        .containsExactly(
            "rebalance A RAISED at 0", "rebalance A CLEARED at 2", "rebalance A RAISED at 100000");
  }
}
