package dev.tandem.replay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), new Random(1));

  @Test
  void shouldWaitTwiceAsLongAfterEachFailureUpToTheCap() {
    for (long most : new long[] {1_000, 2_000, 4_000, 8_000, 8_000, 8_000}) {
      assertThat(backoff.next().toMillis()).isBetween(most / 2, most);
    }
  }

  @Test
  void shouldBeginAnewOnceItWorked() {
    IntStream.range(0, 5).forEach(i -> backoff.next());
    backoff.reset();
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  /** Who failed together does not come back together. */
  @Test
  void shouldLeaveTheWaitToChance() {
    assertThat(IntStream.range(0, 50).mapToObj(i -> first(i)).distinct().count()).isGreaterThan(20);
  }

  private static Duration first(int seed) {
    return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), new Random(seed)).next();
  }

  @Test
  void shouldNeverWaitLongerThanTheCap() {
    Backoff capped = new Backoff(Duration.ofSeconds(1), Duration.ofMillis(10), new Random(1));
    assertThat(capped.next()).isLessThanOrEqualTo(Duration.ofMillis(10));
  }
}
