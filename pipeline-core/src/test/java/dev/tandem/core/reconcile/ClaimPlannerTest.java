package dev.tandem.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.time.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimPlannerTest {
  private static final Scope MARCH = scope(30, 60, 1L);
  private static final Scope APRIL = scope(60, 90, 1L);
  private static final ClaimEntry CLAIM_1 = new ClaimEntry(1, true);
  private static final Claims CLAIMED_BY_1 = new Claims(List.of(CLAIM_1));

  private static Scope scope(long from, long to, Long... definitions) {
    return new Scope(new TimeRange(from, to), Set.of(definitions));
  }

  private static ClaimPlanner planner(Scope scope, Map<Long, Scope> committed) {
    return new ClaimPlanner(5, scope, committed);
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

  /** A claim hides an event only in the rows of definitions that its batch has counted. */
  @Test
  void shouldClaimAgainForADefinitionThatNoBatchHasCounted() {
    Scope more = scope(30, 60, 1L, 2L);
    assertThat(planner(more, Map.of(1L, MARCH)).plan(CLAIMED_BY_1, true, false))
        .contains(new Claims(List.of(CLAIM_1, new ClaimEntry(5, true))));
    assertThat(planner(MARCH, Map.of(1L, more)).plan(CLAIMED_BY_1, true, false)).isEmpty();
  }

  @Test
  void shouldReleaseOnlyForDefinitionsThatABatchHasCounted() {
    Scope other = scope(30, 60, 2L);
    assertThat(planner(other, Map.of(1L, MARCH)).plan(CLAIMED_BY_1, false, false)).isEmpty();
    assertThat(planner(scope(30, 60, 1L, 2L), Map.of(1L, MARCH)).plan(CLAIMED_BY_1, false, false))
        .contains(new Claims(List.of(CLAIM_1, new ClaimEntry(5, false))));
  }
}
