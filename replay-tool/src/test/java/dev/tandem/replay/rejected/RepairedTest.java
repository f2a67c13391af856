package dev.tandem.replay.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepairedTest {
  @Test
  void shouldKnowAgainWhatItHasWritten() {
    Repaired repaired = new Repaired("topic-1");
    Set<Long> offsets = new HashSet<>();
    Random random = new Random(1);
    Repaired read = new Repaired("topic-1");
    for (int i = 0; i < 20; i++) {
      for (int n = 0; n < 200; n++) {
        long offset = 3_000_000_000L + random.nextInt(20_000);
        offsets.add(offset);
        repaired.add(1, offset);
      }
      repaired.takeChanges().forEach(read::take);
    }
    for (long offset = 2_999_990_000L; offset < 3_000_030_000L; offset++) {
      assertThat(read.contains(1, offset)).isEqualTo(offsets.contains(offset));
    }
    assertThat(read.contains(0, offsets.iterator().next())).isFalse();
  }

  @Test
  void shouldWriteRangesOfWhatHasChanged() {
    Repaired repaired = new Repaired("topic-1");
    for (long offset : new long[] {4095, 4096, 4097, 4100}) {
      repaired.add(2, offset);
    }
    Map<String, byte[]> changes = repaired.takeChanges();
    assertThat(changes).containsOnlyKeys("rejected-2-0", "rejected-2-1");
    assertThat(new String(changes.get("rejected-2-1"), UTF_8))
        .startsWith(
            "{\"replay\":\"rejected-2-1\",\"topic\":\"topic-1\","
                + "\"repaired\":[[4096,4098],[4100,4101]],\"updated_at\":");
    assertThat(repaired.takeChanges()).isEmpty();
  }

  /** A topic that was made anew has other records at these offsets. */
  @Test
  void shouldForgetWhatWasSaidOfADeletedTopic() {
    Repaired repaired = new Repaired("topic-1");
    repaired.add(0, 7);
    Repaired other = new Repaired("topic-2");
    repaired.takeChanges().forEach(other::take);
    assertThat(other.contains(0, 7)).isFalse();
  }

  @Test
  void shouldPassOverReplaysOfFiles() {
    Repaired repaired = new Repaired("topic-1");
    repaired.take("00ff00ff00ff00ff", "{}".getBytes(UTF_8));
    assertThat(repaired.contains(0, 0)).isFalse();
  }
}
