package dev.tandem.streams.service;

import dev.tandem.streams.query.AskablePartition;
import dev.tandem.streams.topology.StateStores;
import dev.tandem.streams.topology.TaskBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Finds the partitions of the rows that this process holds. */
final class LocalRows {
  private final KafkaStreams streams;
  private final TaskBoard board;

  LocalRows(KafkaStreams streams, TaskBoard board) {
    this.streams = streams;
    this.board = board;
  }

  List<AskablePartition> partitions() {
    List<AskablePartition> found = new ArrayList<>();
    board
        .rows()
        .forEach(
            (partition, view) ->
                store(partition)
                    .ifPresent(
                        rows ->
                            found.add(new AskablePartition(rows, view.committed(), view.live()))));
    return found;
  }

  private Optional<ReadOnlyKeyValueStore<byte[], byte[]>> store(int partition) {
    try {
      return Optional.of(
          streams.store(
              StoreQueryParameters.fromNameAndType(
                      StateStores.ROWS, QueryableStoreTypes.<byte[], byte[]>keyValueStore())
                  .withPartition(partition)));
    } catch (InvalidStateStoreException e) {
      return Optional.empty();
    }
  }
}
