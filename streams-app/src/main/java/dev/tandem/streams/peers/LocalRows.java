package dev.tandem.streams.peers;

import dev.tandem.streams.query.AskablePartition;
import dev.tandem.streams.topology.CommittedRows;
import dev.tandem.streams.topology.StateStores;
import dev.tandem.streams.topology.TaskBoard;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The partitions of the rows that this process holds. Thread-safe. */
public final class LocalRows {
  private final KafkaStreams streams;
  private final TaskBoard board;
  private final LongSupplier proven;
  private final IntPredicate caughtUp;
  private final BlockCache cache;

  /**
   * @param proven until when this process certainly was the one to work on its partitions,
   *     milliseconds
   * @param caughtUp whether this process has a standby of a partition that came to the end of its
   *     changelog since it began
   * @param cache takes what questions read
   */
  public LocalRows(
      KafkaStreams streams,
      TaskBoard board,
      LongSupplier proven,
      IntPredicate caughtUp,
      BlockCache cache) {
    this.streams = streams;
    this.board = board;
    this.proven = proven;
    this.caughtUp = caughtUp;
    this.cache = cache;
  }

  /** A partition that is worked on here. */
  public Optional<AskablePartition> active(int partition) {
    CommittedRows rows = board.rows().get(partition);
    return rows == null
        ? Optional.empty()
        : store(partition, false).map(s -> new ActivePartition(partition, s, rows, proven, cache));
  }

  /** A copy of a partition that is worked on elsewhere. */
  public Optional<AskablePartition> standby(int partition) {
    return caughtUp.test(partition)
        ? store(partition, true).map(s -> new StandbyPartition(partition, s))
        : Optional.empty();
  }

  /** One that is worked on here, else a copy. */
  public Optional<AskablePartition> any(int partition) {
    return active(partition).or(() -> standby(partition));
  }

  private Optional<ReadOnlyKeyValueStore<byte[], byte[]>> store(int partition, boolean stale) {
    StoreQueryParameters<ReadOnlyKeyValueStore<byte[], byte[]>> which =
        StoreQueryParameters.fromNameAndType(
                StateStores.ROWS, QueryableStoreTypes.<byte[], byte[]>keyValueStore())
            .withPartition(partition);
    try {
      return Optional.of(streams.store(stale ? which.enableStaleStores() : which));
    } catch (InvalidStateStoreException e) {
      return Optional.empty();
    }
  }
}
