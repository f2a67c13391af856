package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
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
