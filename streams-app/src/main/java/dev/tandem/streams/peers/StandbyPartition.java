package dev.tandem.streams.peers;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import dev.tandem.streams.query.AskablePartition;
import dev.tandem.streams.query.OpenPartition;
import dev.tandem.streams.query.QueryRequest;
import dev.tandem.streams.query.RowBlocks;
import dev.tandem.streams.topology.CommittedRows;
import dev.tandem.streams.topology.StateStores;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * A copy of a partition that is worked on in another process. A standby reads committed records
 * only, in their order, and each commit leaves what it is the state of behind its rows: so the rows
 * are at least that new, and a row may be newer.
 */
record StandbyPartition(int number, ReadOnlyKeyValueStore<byte[], byte[]> store)
    implements AskablePartition {

  @Override
  public OpenPartition open(QueryRequest request) {
    byte[] commit = store.get(StateStores.COMMIT);
    if (commit == null) {
      throw new InvalidStateStoreException("the standby of partition " + number + " is empty");
    }
    CommittedRows.Snapshot state = CommittedRows.Snapshot.fromBytes(commit);
    AggregateDefinition aggregate = request.aggregate();
    TimeRange range = request.range();
    KeyValueIterator<byte[], byte[]> entries =
        store.range(
            RowKey.lowerBound(aggregate.id(), range.from()),
            RowKey.lowerBound(aggregate.id(), range.to()));
    return new OpenPartition(
        number,
        new RowBlocks(aggregate, range, entries, state.committed()),
        state.committed(),
        state.live(),
        state.at(),
        entries::close);
  }
}
