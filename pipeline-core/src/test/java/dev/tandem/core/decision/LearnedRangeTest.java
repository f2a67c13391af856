package dev.tandem.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearnedRangeTest {
  private static final long DAY = 24 * Hours.LENGTH;
  private static final long START = TestPipeline.START / DAY * DAY;

  private static Map<Long, Long> days(int days) {
    Map<Long, Long> events = new HashMap<>();
    for (long hour = 0; hour < days * 24L; hour++) {
      events.put(START + hour * Hours.LENGTH, 30L);
    }
    return events;
  }

  @Test
  void shouldEndBeforeTheLastHourWhichMayNotBeOver() {
    assertThat(LearnedRange.of(days(20)))
        .contains(new LearnedRange(START, START + 20 * DAY - Hours.LENGTH));
  }

  /** Stuck clocks date trips into other years, several of them once in a while. */
  @Test
  void shouldNotFollowBrokenClocks() {
    Map<Long, Long> events = days(20);
    events.put(START + 4_000 * DAY, 1L);
    events.put(START + 4_001 * DAY, 2L);
    events.put(START + 9_000 * DAY, 500L);
    assertThat(LearnedRange.of(events))
        .contains(new LearnedRange(START, START + 20 * DAY - Hours.LENGTH));
  }

  @Test
  void shouldFollowAQuietSystem() {
    Map<Long, Long> events = new HashMap<>();
    for (int day = 0; day < 30; day += 3) {
      events.put(START + day * DAY, 1L);
    }
    assertThat(LearnedRange.of(events)).contains(new LearnedRange(START, START + 27 * DAY));
  }

  @Test
  void shouldSayWhetherItIsAWeek() {
    assertThat(LearnedRange.of(days(7)).map(LearnedRange::isWeek)).contains(false);
    assertThat(LearnedRange.of(days(8)).map(LearnedRange::isWeek)).contains(true);
  }

  @Test
  void shouldTakeASingleDay() {
    assertThat(LearnedRange.of(Map.of(START, 3L, START + Hours.LENGTH, 4L)))
        .contains(new LearnedRange(START, START + Hours.LENGTH));
  }

  @Test
  void shouldBeEmptyWithoutEvents() {
    assertThat(LearnedRange.of(Map.of())).isEmpty();
    assertThat(LearnedRange.of(Map.of(START, 0L))).isEmpty();
  }
}
