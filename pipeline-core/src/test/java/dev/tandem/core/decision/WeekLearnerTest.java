package dev.tandem.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeekLearnerTest {
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");

  /** A Monday, midnight; a clock change lies five weeks before it. */
  private static final long END = time("2018-04-16T00:00");

  private static final int MONDAY_8 = 8;
  private static final int TUESDAY_8 = 24 + 8;
  private static final int SATURDAY_8 = 5 * 24 + 8;

  private final WeekLearner learner = new WeekLearner(ZONE, END);

  private static long time(String local) {
    return ZonedDateTime.parse(local + ":00-07:00")
        .withZoneSameLocal(ZONE)
        .toInstant()
        .toEpochMilli();
  }

  /** So many events at eight o'clock of each of the last Mondays, the latest last. */
  private static Map<Long, Long> mondays(long... counts) {
    Map<Long, Long> events = new HashMap<>();
    for (int i = 0; i < counts.length; i++) {
      ZonedDateTime monday =
          ZonedDateTime.parse("2018-04-09T08:00:00-07:00")
              .withZoneSameLocal(ZONE)
              .minusWeeks(counts.length - 1L - i);
      events.put(monday.toInstant().toEpochMilli(), counts[i]);
    }
    return events;
  }

  /** Eight Mondays of ten; the other workdays have none, so that all have two on average. */
  @Test
  void shouldDrawTheMeanOfAnHourTowardsThatOfAllWorkdays() {
    WeekProfile profile = learner.learn(0, mondays(10, 10, 10, 10, 10, 10, 10, 10));
    double workdays = RobustMean.of(workdays(8, 10)).mean();
    assertThat(profile.at(MONDAY_8).expected())
        .isCloseTo((8 * 10 + 2 * workdays) / 10, within(1e-9));
    assertThat(profile.at(TUESDAY_8).expected()).isCloseTo(2 * workdays / 10, within(1e-9));
    assertThat(profile.at(SATURDAY_8).expected()).isZero();
    assertThat(profile.at(MONDAY_8 + 1).expected()).isZero();
  }

  private static double[] workdays(int weeks, double monday) {
    double[] values = new double[weeks * 5];
    for (int i = 0; i < weeks; i++) {
      values[i] = monday;
    }
    return values;
  }

  /** It was not there: the hours before its first event say nothing of it. */
  @Test
  void shouldCountHoursAsZeroFromTheFirstEventOnOnly() {
    Map<Long, Long> two = mondays(10, 10);
    long first = two.keySet().stream().min(Long::compare).orElseThrow();
    double late = learner.learn(first, two).at(MONDAY_8).expected();
    double always = learner.learn(0, two).at(MONDAY_8).expected();
    assertThat(late).isGreaterThan(5);
    assertThat(always).isLessThan(3);
  }

  @Test
  void shouldNotBeCarriedAwayByOneConcert() {
    double usual = learner.learn(0, mondays(4, 5, 3, 4, 5, 3, 4, 4)).at(MONDAY_8).expected();
    double concert = learner.learn(0, mondays(4, 5, 3, 4, 5, 3, 4, 400)).at(MONDAY_8).expected();
    assertThat(concert).isBetween(usual - 0.1, usual + 1.2);
  }

  @Test
  void shouldPassOverWhatIsOlderOrNewer() {
    Map<Long, Long> events = mondays(4, 4, 4, 4, 4, 4, 4, 4);
    WeekProfile profile = learner.learn(0, events);
    events.put(END, 1_000L);
    events.put(learner.begin() - Hours.LENGTH, 1_000L);
    assertThat(learner.learn(0, events).expected()).isEqualTo(profile.expected());
  }

  @Test
  void shouldSpreadAsPoissonCountsDoAndMoreWhereCountsDo() {
    Random random = new Random(5);
    Map<Long, Long> even = new HashMap<>();
    Map<Long, Long> wild = new HashMap<>();
    for (long hour = learner.begin(); hour < END; hour += Hours.LENGTH) {
      even.put(hour, 9L);
      wild.put(hour, random.nextBoolean() ? 5L : 13L);
    }
    assertThat(learner.learn(0, even).at(50).spread()).isCloseTo(3, within(1e-9));
    assertThat(learner.learn(0, wild).at(50).spread()).isBetween(3.5, 4.5);
  }

  @Test
  void shouldExpectNothingOfASubjectWithoutHistory() {
    WeekProfile profile = learner.learn(END, Map.of());
    assertThat(profile.at(MONDAY_8)).isEqualTo(Normal.NOTHING);
  }
}
