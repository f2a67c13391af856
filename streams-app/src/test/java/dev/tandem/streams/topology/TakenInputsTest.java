package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TakenInputsTest {
  private KeyValueStore<byte[], byte[]> store;
  private Map<String, String> ids = Map.of("events", "e1", "acks", "a1");

  @BeforeEach
  void open() {
    store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("state"), Serdes.ByteArray(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
  }

  private TakenInputs taken() {
    return new TakenInputs(store, 0, false, Set.of("events"), Set.of("acks"), saved -> ids);
  }

  private static RecordMetadata at(String topic, long offset) {
    return new RecordMetadata() {
      @Override
      public String topic() {
        return topic;
      }

      @Override
      public int partition() {
        return 0;
      }

      @Override
      public long offset() {
        return offset;
      }
    };
  }

  /** Gaps are what transactions leave behind. */
  @Test
  void shouldTakeEveryRecordOnceAcrossARestart() {
    TakenInputs before = taken();
    assertThat(before.take(at("events", 0))).isTrue();
    assertThat(before.take(at("events", 5))).isTrue();
    assertThat(before.take(at("claims", 0))).isTrue();
    before.save();

    TakenInputs after = taken();
    assertThat(after.take(at("events", 0))).isFalse();
    assertThat(after.take(at("events", 5))).isFalse();
    assertThat(after.take(at("events", 6))).isTrue();
    assertThat(after.take(at("claims", 1))).isTrue();
  }

  @Test
  void shouldForgetWhatWasNotSaved() {
    TakenInputs before = taken();
    before.take(at("events", 3));
    before.save();
    before.take(at("events", 4));
    assertThat(taken().take(at("events", 4))).isTrue();
  }

  @Test
  void shouldKnowATopicThatWasMadeAnew() {
    TakenInputs before = taken();
    assertThat(before.isReplaced("acks")).isFalse();
    before.save();
    ids = Map.of("events", "e1", "acks", "a2");
    TakenInputs after = taken();
    assertThat(after.isReplaced("acks")).isTrue();
    assertThat(after.isReplaced("events")).isFalse();
    after.save();
    assertThat(taken().isReplaced("acks")).isFalse();
  }

  @Test
  void shouldTellTheLineageWhatWasSaved() {
    TakenInputs before = taken();
    before.take(at("events", 3));
    before.save();
    Lineage.Saved[] told = new Lineage.Saved[1];
    new TakenInputs(
        store,
        2,
        false,
        Set.of("events"),
        Set.of("acks"),
        saved -> {
          told[0] = saved;
          return ids;
        });
    assertThat(told[0])
        .isEqualTo(
            new Lineage.Saved(
                2, false, Set.of("events"), Map.of("events", 4L), Set.of("acks"), ids));
  }
}
