package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.config.Home;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.row.RowKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ChangedValuesTest {
  private static final PipelineDefinition PIPELINE =
      PipelineLoader.load(Home.find().resolve("config"), "biketown");
  private static final AggregateDefinition AGGREGATE = PIPELINE.aggregates().get(0);
  private static final int MANY = 20_000;

  private final ChangedValues changed = new ChangedValues(0);

  private static RowKey key(long window) {
    return RowKey.of(AGGREGATE, window, List.of());
  }

  @Test
  void shouldKeepTheFirstValueOfARow() {
    changed.add(key(0), new byte[] {1});
    changed.add(key(1), null);
    changed.add(key(0), new byte[] {2});
    changed.add(key(1), new byte[] {3});
    assertThat(changed.asMap().get(key(0))).hasValue(new byte[] {1});
    assertThat(changed.asMap().get(key(1))).isEmpty();
    assertThat(changed.asMap()).hasSize(2);
    assertThat(changed.size()).isEqualTo(4);
  }

  @Test
  void shouldKeepWhatItHasGivenWhenMoreComes() {
    changed.add(key(0), new byte[] {1});
    Map<RowKey, Optional<byte[]>> given = changed.asMap();
    changed.add(key(0), new byte[] {2});
    changed.add(key(1), new byte[] {3});
    assertThat(given.get(key(0))).hasValue(new byte[] {1});
    assertThat(changed.asMap().get(key(0))).hasValue(new byte[] {1});
    assertThat(changed.asMap().get(key(1))).hasValue(new byte[] {3});
  }

  /** Readers ask while the task goes on: whatever was added before they ask is there. */
  @Test
  void shouldBeReadWhileItIsWritten() {
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < MANY; i++) {
                changed.add(key(i), i % 2 == 0 ? null : new byte[] {(byte) i});
              }
            });
    int before;
    do {
      before = changed.size();
      Map<RowKey, Optional<byte[]>> map = changed.asMap();
      for (int i = Math.max(0, before - 100); i < before; i++) {
        Optional<byte[]> value = map.get(key(i));
        assertThat(value).isNotNull();
        assertThat(value.isEmpty()).isEqualTo(i % 2 == 0);
      }
    } while (before < MANY && !writing.isCompletedExceptionally());
    writing.join();
    assertThat(changed.asMap()).hasSize(MANY);
  }
}
