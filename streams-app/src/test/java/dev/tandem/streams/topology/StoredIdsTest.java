package dev.tandem.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredIdsTest {
  @TempDir Path folder;
  private KeyValueStore<byte[], byte[]> store;

  @BeforeEach
  void open() {
    store = TestStores.open("ids", folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private long count() {
    long n = 0;
    try (KeyValueIterator<byte[], byte[]> all = store.all()) {
      for (; all.hasNext(); all.next()) {
        n++;
      }
    }
    return n;
  }

  private static byte[] id(int i) {
    return ("id-" + i).getBytes(UTF_8);
  }

  @Test
  void shouldKnowAnIdBeforeAndAfterItIsWritten() {
    StoredIds ids = new StoredIds(store, Optional.empty());
    for (int i = 0; i < 2_500; i++) {
      assertThat(ids.get(id(i))).isNull();
      ids.put(id(i), new byte[] {1});
      assertThat(ids.get(id(i))).containsExactly(1);
    }
    ids.put(id(7), new byte[] {2});
    ids.put(id(2_499), new byte[] {3});
    assertThat(ids.get(id(7))).containsExactly(2);
    assertThat(ids.get(id(2_499))).containsExactly(3);
    ids.flush();
    assertThat(count()).isEqualTo(2_500);
    assertThat(store.get(id(7))).containsExactly(2);
    assertThat(store.get(id(2_499))).containsExactly(3);
    assertThat(new StoredIds(store, Optional.empty()).get(id(2_499))).containsExactly(3);
  }

  @Test
  void shouldWriteNoIdsWhereNoneIsToBeRemembered() {
    StoredIds ids = new StoredIds(store, Optional.of(Duration.ZERO));
    ids.put(id(1), new byte[] {1, 0});
    ids.flush();
    assertThat(ids.get(id(1))).isNull();
    assertThat(count()).isZero();
  }
}
