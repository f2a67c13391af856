package dev.tandem.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.time.TimeRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimPlannerTest {
  private static final TimeRange MARCH = new TimeRange(30, 60);
  private static final TimeRange APRIL = new TimeRange(60, 90);
  private static final ClaimEntry CLAIM_1 = new ClaimEntry(1, true);
  private static final Claims CLAIMED_BY_1 = new Claims(List.of(CLAIM_1));

  private static ClaimPlanner planner(TimeRange range, Map<Long, TimeRange> committed) {
    return new ClaimPlanner(5, range, committed);
  }

  @Test
  void shouldClaimWhatTheFilesHaveAndTheLogDoesNot() {
    assertThat(planner(MARCH, Map.of()).plan(Claims.NONE, true, false))
        .contains(new Claims(List.of(new ClaimEntry(5, true))));
    assertThat(planner(MARCH, Map.of()).plan(Claims.NONE, true, true)).isEmpty();
    assertThat(planner(MARCH, Map.of()).plan(Claims.NONE, false, false)).isEmpty();
  }

  @Test
  void shouldNotClaimAgainWhereCommittedClaimsCoverTheRange() {
    assertThat(planner(MARCH, Map.of(1L, MARCH)).plan(CLAIMED_BY_1, true, false)).isEmpty();
    assertThat(planner(APRIL, Map.of(1L, MARCH)).plan(CLAIMED_BY_1, true, false))
        .contains(new Claims(List.of(CLAIM_1, new ClaimEntry(5, true))));
  }

  @Test
  void shouldForgetEntriesOfEpochsThatWereNeverCommitted() {
    assertThat(planner(MARCH, Map.of()).plan(CLAIMED_BY_1, true, false))
        .contains(new Claims(List.of(new ClaimEntry(5, true))));
  }

  @Test
  void shouldReleaseWhatIsInNeitherAnyMoreOnlyInItsRange() {
    assertThat(planner(MARCH, Map.of(1L, MARCH)).plan(CLAIMED_BY_1, false, false))
        .contains(new Claims(List.of(CLAIM_1, new ClaimEntry(5, false))));
    assertThat(planner(APRIL, Map.of(1L, MARCH)).plan(CLAIMED_BY_1, false, false)).isEmpty();
  }
}
