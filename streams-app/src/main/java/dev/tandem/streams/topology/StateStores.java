package dev.tandem.streams.topology;

import dev.tandem.core.kafka.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores by name; all are RocksDB with a changelog, keys and values in our own bytes. */
public final class StateStores {
  /** Event id to what is known of it. */
  static final String EVENT_IDS = "event-ids";

  /** Sequence (8 bytes) to a record that waits behind a barrier. */
  static final String PARKED = "parked";

  /** One entry: where the first half stands. */
  static final String FIRST_HALF_STATE = "first-half-state";

  /** Row key to row; and under {@link #COMMIT} what they are the state of. */
  public static final String ROWS = "rows";

  /** Key, before all rows, of a {@link CommittedRows.Snapshot} without rows. */
  public static final byte[] COMMIT = {0};

  /** Keys of rows with tagged contributions. */
  static final String TAGGED_ROWS = "tagged-rows";

  /** One entry: where the second half stands. */
  static final String SECOND_HALF_STATE = "second-half-state";

  /** Definition id (8 bytes) to the names its rows were published with. */
  static final String DEFINITIONS = "definitions";

  /** What decisions must know of the events of a partition of the log, in the first half. */
  static final String SIGNALS = "signals";

  /** What the deciding task remembers. */
  static final String DECISIONS = "decisions";

  static final String FIRST_HALF_COMMIT = "first-half-commit";
  static final String SECOND_HALF_COMMIT = "second-half-commit";
  static final String DECIDING_COMMIT = "deciding-commit";

  /** Key of the only entry of a state store. */
  static final byte[] THE_ENTRY = {0};

  /** All that have a changelog, whatever the pipeline declares. */
  private static final List<String> LOGGED =
      List.of(
          EVENT_IDS, PARKED, FIRST_HALF_STATE, ROWS, TAGGED_ROWS, SECOND_HALF_STATE, DEFINITIONS);

  private StateStores() {}

  /** The changelogs of a pipeline's stores. */
  public static List<String> changelogs(Topics topics) {
    return LOGGED.stream().map(topics::changelog).toList();
  }

  /** The changelogs of the stores of a pipeline that decides, beside {@link #changelogs}. */
  public static List<String> decisionChangelogs(Topics topics) {
    return List.of(signalsChangelog(topics), topics.changelog(DECISIONS));
  }

  /** Of these the one that has the partitions of the log. */
  public static String signalsChangelog(Topics topics) {
    return topics.changelog(SIGNALS);
  }

  static StoreBuilder<KeyValueStore<byte[], byte[]>> of(String name) {
    return Stores.keyValueStoreBuilder(
            LookupStore.supplier(name), Serdes.ByteArray(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of("cleanup.policy", "compact"));
  }
}
