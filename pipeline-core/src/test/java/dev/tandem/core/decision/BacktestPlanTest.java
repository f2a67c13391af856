package dev.tandem.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.time.TimeRange;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BacktestPlanTest {
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final long HOUR = TestPipeline.HOUR;
  private static final long WEEK = 168 * HOUR;
  private static final long START = TestPipeline.START;
  private static final LearnedRange YEAR = new LearnedRange(START, START + 52 * WEEK);

  private static BacktestPlan plan(LearnedRange history, TimeRange asked, TimeRange learned) {
    return BacktestPlan.of(history, asked, learned, ZONE);
  }

  @Test
  void shouldDecideWhatIsBehindTheFirstEightWeeks() {
    assertThat(plan(YEAR, TimeRange.ALL, TimeRange.ALL))
        .isEqualTo(
            new BacktestPlan(
                START + 8 * WEEK, YEAR.end() + HOUR, OptionalLong.empty(), OptionalLong.empty()));
  }

  @Test
  void shouldDecideTheSecondHalfOfAShortHistory() {
    LearnedRange brief = new LearnedRange(START, START + 4 * WEEK - HOUR);
    assertThat(plan(brief, TimeRange.ALL, TimeRange.ALL).from()).isEqualTo(START + 2 * WEEK);
  }

  @Test
  void shouldDecideAllOfAHistoryOfHours() {
    LearnedRange brief = new LearnedRange(START, START + 3 * HOUR);
    BacktestPlan plan = plan(brief, TimeRange.ALL, TimeRange.ALL);
    assertThat(plan.from()).isEqualTo(START);
    assertThat(plan.to()).isEqualTo(START + 4 * HOUR);
  }

  @Test
  void shouldBeginWhereLearningEnds() {
    TimeRange learned = new TimeRange(START + WEEK, START + 6 * WEEK);
    BacktestPlan plan = plan(YEAR, TimeRange.ALL, learned);
    assertThat(plan.from()).isEqualTo(START + 6 * WEEK);
    assertThat(plan.learnFrom()).hasValue(START + WEEK);
    assertThat(plan.learnTo()).hasValue(START + 6 * WEEK);
  }

  @Test
  void shouldEndWithTheHistory() {
    TimeRange asked = new TimeRange(START + 10 * WEEK + 5, Long.MAX_VALUE - 1);
    BacktestPlan plan = plan(YEAR, asked, TimeRange.ALL);
    assertThat(plan.from()).isEqualTo(START + 10 * WEEK);
    assertThat(plan.to()).isEqualTo(YEAR.end() + HOUR);
  }

  @Test
  void shouldRefuseToLearnFromWhatIsPredicted() {
    TimeRange asked = new TimeRange(START + 10 * WEEK, START + 12 * WEEK);
    TimeRange learned = new TimeRange(Long.MIN_VALUE, START + 11 * WEEK);
    assertThatThrownBy(() -> plan(YEAR, asked, learned))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("cannot be learned from");
  }

  @Test
  void shouldRefuseARangeWithoutHistory() {
    TimeRange asked = new TimeRange(START + 60 * WEEK, Long.MAX_VALUE);
    assertThatThrownBy(() -> plan(YEAR, asked, TimeRange.ALL))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("give --from and --to within");
  }
}
