package dev.tandem.streams.topology;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Stores as those of the topology, without a changelog. */
public final class TestStores {
  private TestStores() {}

  /** An open store, to be closed; another of the same name and folder has the same content. */
  public static KeyValueStore<byte[], byte[]> open(String name, Path folder) {
    KeyValueStore<byte[], byte[]> store = StateStores.of(name).withLoggingDisabled().build();
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
    store.init(context.getStateStoreContext(), store);
    return store;
  }
}
