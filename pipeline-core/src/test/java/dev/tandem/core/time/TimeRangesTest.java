package dev.tandem.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeRangesTest {
  /** Against a bit a time. */
  @Test
  void shouldAgreeWithASetOfTimes() {
    Random random = new Random(3);
    for (int round = 0; round < 2_000; round++) {
      TimeRanges ranges = TimeRanges.NONE;
      BitSet bits = new BitSet();
      for (int i = 0; i < 8; i++) {
        int from = random.nextInt(20);
        TimeRange r = new TimeRange(from, from + random.nextInt(8));
        boolean plus = random.nextBoolean();
        ranges = plus ? ranges.plus(r) : ranges.minus(r);
        bits.set((int) r.from(), (int) r.to(), plus);
        int at = random.nextInt(20);
        TimeRange asked = new TimeRange(at, at + 1 + random.nextInt(5));
        BitSet inside = bits.get((int) asked.from(), (int) asked.to());
        assertThat(ranges.covers(asked))
            .isEqualTo(inside.cardinality() == asked.to() - asked.from());
        assertThat(ranges.intersects(asked)).isEqualTo(!inside.isEmpty());
      }
    }
  }

  @Test
  void shouldCoverEverythingWithOpenRanges() {
    assertThat(TimeRanges.NONE.plus(TimeRange.ALL).covers(TimeRange.ALL)).isTrue();
    assertThat(TimeRanges.NONE.plus(TimeRange.ALL).minus(new TimeRange(5, 6)).covers(TimeRange.ALL))
        .isFalse();
    assertThat(TimeRanges.NONE.covers(TimeRange.ALL)).isFalse();
  }
}
