package dev.tandem.streams.query;

import dev.tandem.core.reconcile.CommittedEpochs;
import java.util.Map;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * A partition of the rows that can be asked in this process.
 *
 * @param rows row key to row
 * @param committed epochs whose corrections are in; not to be changed
 * @param live by definition id (16 hexadecimal digits), since which generation it is counted
 */
public record AskablePartition(
    ReadOnlyKeyValueStore<byte[], byte[]> rows, CommittedEpochs committed, Map<String, Long> live) {
  public AskablePartition {
    live = Map.copyOf(live);
  }
}
