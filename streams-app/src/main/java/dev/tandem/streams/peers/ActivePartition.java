package dev.tandem.streams.peers;

import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import dev.tandem.streams.query.AskablePartition;
import dev.tandem.streams.query.Blocks;
import dev.tandem.streams.query.OpenPartition;
import dev.tandem.streams.query.QueryRequest;
import dev.tandem.streams.query.RowBlock;
import dev.tandem.streams.query.RowBlocks;
import dev.tandem.streams.topology.CommittedRows;
import dev.tandem.streams.topology.Segments;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * A partition that is worked on in this process, as of its last commit: what of it was read before
 * and has not changed is taken from memory, the rest from the store.
 *
 * @param proven until when this process certainly was the only one to work on it, milliseconds
 */
record ActivePartition(
    int number,
    ReadOnlyKeyValueStore<byte[], byte[]> store,
    CommittedRows rows,
    LongSupplier proven,
    BlockCache cache)
    implements AskablePartition {
  /** How often a commit may come between before memory is left alone. */
  private static final int TRIES = 5;

  @Override
  public OpenPartition open(QueryRequest request) {
    for (int i = 0; i < TRIES && rows.segments().isKnown(); i++) {
      Optional<OpenPartition> open = remembered(request);
      if (open.isPresent()) {
        return open.get();
      }
    }
    while (true) {
      // Taken first: what is read is at least as new.
      long since = proven.getAsLong();
      CommittedRows.Snapshot now = rows.now();
      Optional<CommittedEntries> entries = entries(request, request.range(), now);
      if (entries.isPresent()) {
        CommittedEntries all = entries.get();
        return open(now, since, blocks(request, request.range(), now, all), all::close);
      }
    }
  }

  private OpenPartition open(
      CommittedRows.Snapshot now, long since, Iterator<RowBlock> blocks, Runnable close) {
    return new OpenPartition(
        number, blocks, now.committed(), now.live(), Math.max(since, now.at()), close);
  }

  /** As much from memory as a question may take, then the store; empty: a commit came between. */
  private Optional<OpenPartition> remembered(QueryRequest request) {
    long since = proven.getAsLong();
    CommittedRows.Snapshot now = rows.now();
    List<RowBlock> blocks = new ArrayList<>();
    long left = cache.share(request.isPlain());
    for (Segments.Stretch stretch : rows.segments().of(request.aggregate().id(), request.range())) {
      Optional<Blocks> known =
          cache.get(
              number,
              request.aggregate().id(),
              rows,
              now,
              stretch,
              () -> read(request, stretch, now));
      if (known.isEmpty()) {
        return Optional.empty();
      }
      left -= known.get().weight();
      if (!known.get().isWhole() || left < 0) {
        return rest(request, stretch.range().from(), now, since, blocks);
      }
      blocks.addAll(known.get().blocks());
    }
    return Optional.of(open(now, since, blocks.iterator(), () -> {}));
  }

  private Optional<Blocks> read(
      QueryRequest request, Segments.Stretch stretch, CommittedRows.Snapshot now) {
    return entries(request, stretch.range(), now)
        .map(
            entries -> {
              try (entries) {
                return Blocks.read(blocks(request, stretch.range(), now, entries), cache.largest());
              }
            });
  }

  private Optional<OpenPartition> rest(
      QueryRequest request,
      long from,
      CommittedRows.Snapshot now,
      long since,
      List<RowBlock> before) {
    TimeRange range = new TimeRange(Math.max(from, request.range().from()), request.range().to());
    return entries(request, range, now)
        .map(
            entries ->
                open(
                    now,
                    since,
                    new Concatenated(before.iterator(), blocks(request, range, now, entries)),
                    entries::close));
  }

  private static Iterator<RowBlock> blocks(
      QueryRequest request, TimeRange range, CommittedRows.Snapshot now, CommittedEntries entries) {
    return new RowBlocks(request.aggregate(), range, entries, now.committed());
  }

  /** Rows of the store as of a commit; empty when it is not the last one any more. */
  private Optional<CommittedEntries> entries(
      QueryRequest request, TimeRange range, CommittedRows.Snapshot now) {
    long definition = request.aggregate().id();
    CommittedEntries entries =
        new CommittedEntries(
            store.range(
                RowKey.lowerBound(definition, range.from()),
                RowKey.lowerBound(definition, range.to())),
            now.before());
    if (rows.now() == now) {
      return Optional.of(entries);
    }
    entries.close();
    return Optional.empty();
  }
}
