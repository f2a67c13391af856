package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kafka Streams puts around a store is part of the test: it is built as in the topology. */
class LookupStoreTest {
  @TempDir Path folder;
  private KeyValueStore<byte[], byte[]> store;
  private LookupStore lookup;

  @BeforeEach
  void open() {
    store = TestStores.open("rows", folder);
    lookup = LookupStore.below(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void shouldFindWhatGetFinds() {
    for (int i = 0; i < 1_000; i += 2) {
      store.put(bytes("key " + i), bytes("value " + i));
    }
    store.delete(bytes("key 10"));
    // Into a file: what is looked for then lies there and in memory.
    store.close();
    open();
    assertThat(folder.toFile()).isDirectoryRecursivelyContaining("glob:**.sst");
    store.put(bytes("key 11"), new byte[0]);
    store.put(bytes("key 12"), bytes("newer"));

    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      keys.add(bytes("key " + i));
    }
    keys.add(bytes("key 12"));
    List<byte[]> found = lookup.getAll(keys);

    assertThat(found).hasSameSizeAs(keys);
    for (int i = 0; i < keys.size(); i++) {
      assertThat(found.get(i)).isEqualTo(store.get(keys.get(i)));
    }
  }

  @Test
  void shouldTakeEntriesAtOnce() {
    store.put(bytes("key 1"), bytes("older"));
    store.put(bytes("key 2"), bytes("older"));
    List<KeyValue<byte[], byte[]>> entries = new ArrayList<>();
    for (int i = 1; i < 1_000; i++) {
      entries.add(KeyValue.pair(bytes("key " + i), new byte[i]));
    }
    store.putAll(entries);
    store.putAll(List.of(KeyValue.pair(bytes("key 3"), bytes("newer"))));
    store.putAll(List.of());
    // Null: there is no such entry (any more).
    store.putAll(
        List.of(KeyValue.pair(bytes("key 4"), bytes("4")), KeyValue.pair(bytes("key 5"), null)));

    assertThat(store.get(bytes("key 1"))).isEqualTo(new byte[1]);
    assertThat(store.get(bytes("key 2"))).isEqualTo(new byte[2]);
    assertThat(store.get(bytes("key 3"))).isEqualTo(bytes("newer"));
    assertThat(store.get(bytes("key 4"))).isEqualTo(bytes("4"));
    assertThat(store.get(bytes("key 5"))).isNull();
    assertThat(store.get(bytes("key 999"))).isEqualTo(new byte[999]);
    store.close();
    open();
    assertThat(store.get(bytes("key 999"))).isEqualTo(new byte[999]);
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<byte[], byte[]> all = store.all()) {
      all.forEachRemaining(entry -> keys.add(new String(entry.key, StandardCharsets.UTF_8)));
    }
    assertThat(keys).hasSize(998).isSorted();
  }

  @Test
  void shouldNeverDenyAKeyThatIsThere() {
    for (int i = 0; i < 1_000; i++) {
      store.put(bytes("key " + i), i % 2 == 0 ? new byte[0] : bytes("value"));
    }

    for (int i = 0; i < 1_000; i++) {
      assertThat(lookup.mayHave(bytes("key " + i))).isTrue();
    }
    assertThat(lookup.mayHave(bytes("another"))).isFalse();
  }

  @Test
  void shouldAnswerToNoKeys() {
    assertThat(lookup.getAll(List.of())).isEmpty();
  }

  @Test
  void shouldSayThatItIsClosed() {
    store.close();

    assertThatThrownBy(() -> lookup.mayHave(bytes("key")))
        .isInstanceOf(InvalidStateStoreException.class)
        .hasMessage("store rows is closed");
    assertThatThrownBy(() -> lookup.getAll(List.of(bytes("key"))))
        .isInstanceOf(InvalidStateStoreException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
