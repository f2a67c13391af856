package dev.tandem.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.definition.Decision;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Alerts follow from each partition's log alone: however the tasks interleave, commit and crash,
 * they are the same ones in the same order, each once.
 */
class DeterminismTest {
  private static final int HISTORIES = 30;
  private static final int RUNS = 4;
  private static final List<String> STATIONS = List.of("A", "B", "C", "D");

  private final PipelineDefinition pipeline = TestPipeline.load();

  @Test
  void shouldGiveTheSameAlertsHoweverTheTasksRun() {
    Set<Decision.Kind> raised = EnumSet.noneOf(Decision.Kind.class);
    Set<Decision.Kind> cleared = EnumSet.noneOf(Decision.Kind.class);
    for (int seed = 0; seed < HISTORIES; seed++) {
      Random random = new Random(seed);
      List<List<Optional<Event>>> logs = logs(random, 1 + random.nextInt(4));
      Baselines baselines = random.nextInt(4) == 0 ? Baselines.NONE : baseline();
      List<Alert> straight = new SystemRun(pipeline, logs, baselines).straight();
      for (Alert alert : straight) {
        (alert.state() == Alert.State.RAISED ? raised : cleared).add(alert.kind());
      }
      for (int run = 0; run < RUNS; run++) {
        assertThat(new SystemRun(pipeline, logs, baselines).disorderly(random))
            .as("history %d, run %d", seed, run)
            .isEqualTo(straight);
      }
      assertThatEachIsRaisedAndClearedOnce(straight);
    }
    assertThat(raised).as("the histories raise every kind").containsExactly(Decision.Kind.values());
    assertThat(cleared).as("and clear it").containsExactly(Decision.Kind.values());
  }

  private static void assertThatEachIsRaisedAndClearedOnce(List<Alert> alerts) {
    Map<String, Alert.State> states = new HashMap<>();
    for (Alert alert : alerts) {
      String key = alert.decision() + "|" + alert.subject();
      Alert.State before = states.put(key, alert.state());
      assertThat(alert.state())
          .as(alert.toString())
          .isNotEqualTo(before == null ? Alert.State.CLEARED : before);
    }
  }

  private Baselines baseline() {
    double[] expected = new double[168];
    double[] spread = new double[168];
    Arrays.fill(expected, 2.5);
    Arrays.fill(spread, 1.6);
    Map<String, WeekProfile> profiles = new HashMap<>();
    STATIONS.forEach(station -> profiles.put(station, new WeekProfile(expected, spread)));
    Baseline baseline =
        new Baseline(
            "1",
            Map.of(
                TestPipeline.aggregate(pipeline, "departures").id(), profiles,
                TestPipeline.aggregate(pipeline, "arrivals").id(), profiles),
            Map.of("A", new Place(45.5, -122.6), "B", new Place(45.6, -122.6)));
    return new Baselines() {
      @Override
      public Optional<String> newest() {
        return Optional.of("1");
      }

      @Override
      public Optional<Baseline> find(String version) {
        return Optional.of(baseline).filter(b -> b.version().equals(version));
      }
    };
  }

  /** Some days of trips with rushes, quiet times, a station that dies, wild times, bad records. */
  private List<List<Optional<Event>>> logs(Random random, int partitions) {
    List<List<Optional<Event>>> logs = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      logs.add(new ArrayList<>());
    }
    int count = 300 + random.nextInt(500);
    long hour = TestPipeline.START;
    int rush = 0;
    for (int i = 0; i < count; i++) {
      hour += (long) (random.nextDouble() * 900_000);
      rush = random.nextInt(40) == 0 ? random.nextInt(4) : rush;
      boolean bad = rush == 3 && random.nextInt(2) == 0;
      logs.get(random.nextInt(partitions))
          .add(bad ? Optional.empty() : Optional.of(event(random, i, hour, rush)));
    }
    return logs;
  }

  private Event event(Random random, int i, long time, int rush) {
    long at = time - (long) (random.nextDouble() * 3 * TestPipeline.HOUR);
    at = random.nextInt(200) == 0 ? at + 40 * 24 * TestPipeline.HOUR : at;
    String from = rush == 1 ? "A" : STATIONS.get(random.nextInt(rush == 2 ? 2 : 4));
    String to = rush == 1 ? "B" : STATIONS.get(random.nextInt(4));
    Event event = TestPipeline.trip(pipeline, "trip-" + i, at, from, to);
    event.setText(TestPipeline.field(event, "bike"), "bike-" + random.nextInt(20));
    if (random.nextInt(50) == 0) {
      event.setNumber(TestPipeline.field(event, "ended"), at + 1_000_000_000L);
    }
    if (random.nextInt(5) == 0) {
      event.setNumber(TestPipeline.field(event, "miles"), random.nextInt(2_000));
      event.setNumber(TestPipeline.field(event, "seconds"), 900);
    }
    event.setTexts(
        TestPipeline.field(event, "tag"),
        List.of("tag-" + (rush == 2 ? 0 : random.nextInt(30)), "tag-x" + random.nextInt(5)));
    return event;
  }
}
