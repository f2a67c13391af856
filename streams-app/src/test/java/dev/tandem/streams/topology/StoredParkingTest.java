package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.reconcile.LogRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredParkingTest {
  private KeyValueStore<byte[], byte[]> store;

  @BeforeEach
  void open() {
    store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("parked"), Serdes.ByteArray(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
  }

  private static LogRecord record(long offset) {
    return new LogRecord(offset, 0, null, null, null);
  }

  @Test
  void shouldGoOnInOrderAfterARestart() {
    StoredParking before = new StoredParking(store);
    before.add(record(7));
    before.add(record(8));
    assertThat(before.removeFirst().offset()).isEqualTo(7);

    StoredParking after = new StoredParking(store);
    after.add(record(9));
    assertThat(after.removeFirst().offset()).isEqualTo(8);
    assertThat(after.removeFirst().offset()).isEqualTo(9);
    assertThat(store.approximateNumEntries()).isZero();
  }

  @Test
  void shouldNotGiveWhatIsNotThere() {
    assertThatThrownBy(() -> new StoredParking(store).removeFirst())
        .isInstanceOf(IllegalStateException.class);
  }
}
