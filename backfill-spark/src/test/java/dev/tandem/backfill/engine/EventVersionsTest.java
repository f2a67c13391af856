package dev.tandem.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventVersionsTest {
  private static byte[] bytes(int n) {
    return new byte[] {(byte) n};
  }

  @Test
  void shouldKeepTheLastOfTheFilesTheFirstOfTheLogAndTheLatestClaimsWhateverTheOrder() {
    List<EventVersions> parts =
        new ArrayList<>(
            List.of(
                EventVersions.ofFile(5, bytes(5)),
                EventVersions.ofFile(1L << 40, bytes(9)),
                EventVersions.ofFile(7, bytes(7)),
                EventVersions.ofLog(20, bytes(20)),
                EventVersions.ofLog(3, bytes(3)),
                EventVersions.ofClaims(0, bytes(40)),
                EventVersions.ofClaims(8, bytes(48))));
    for (int seed = 0; seed < 50; seed++) {
      Collections.shuffle(parts, new Random(seed));
      EventVersions all = parts.stream().reduce(EventVersions::merge).orElseThrow();
      assertThat(all.file()).isEqualTo(bytes(9));
      assertThat(all.fileRows()).isEqualTo(3);
      assertThat(all.log()).isEqualTo(bytes(3));
      assertThat(all.logOffset()).isEqualTo(3);
      assertThat(all.logRecords()).isEqualTo(2);
      assertThat(all.claims()).isEqualTo(bytes(48));
    }
  }

  @Test
  void shouldLeaveOpenWhatNoPartSays() {
    EventVersions both = EventVersions.ofFile(1, bytes(1)).merge(EventVersions.ofFile(2, bytes(2)));
    assertThat(both.log()).isNull();
    assertThat(both.claims()).isNull();
    assertThat(both.logRecords()).isZero();
  }
}
