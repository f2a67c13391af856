package dev.tandem.streams.peers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tandem.streams.query.Blocks;
import dev.tandem.streams.topology.CommittedRows;
import dev.tandem.streams.topology.Segments;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stretches of rows that were read, in memory, as long as they are what they were. What is kept is
 * never newer or older than its commit says: a stretch that changed, or whose worth may have
 * changed because a backfill was committed, is read again by the next who asks, once for all who
 * wait. What is asked often stays when there is no room for all. Thread-safe.
 */
public final class BlockCache {
  private final Cache<Key, Kept> kept;
  private final long most;

  private record Key(int partition, long definition, long stretch) {}

  /**
   * @param owner the task that the rows are of; made anew, it may hold others
   * @param commit number of the commit that they are as of
   */
  private record Kept(CommittedRows owner, long commit, Blocks blocks) {
    boolean isOf(CommittedRows rows, CommittedRows.Snapshot now, Segments.Stretch stretch) {
      return owner == rows && commit >= stretch.changed() && commit >= now.epochsSince();
    }
  }

  /**
   * @param most bytes that it holds, about; 0: none
   */
  public BlockCache(long most) {
    this.most = most;
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(most)
            .weigher((Key key, Kept value) -> value.blocks().weight())
            .build();
  }

  /** What one question may take of it, in bytes. */
  long share(boolean slow) {
    return slow ? most / 16 : most;
  }

  /** Stretches larger than this, in bytes, are not kept. */
  long largest() {
    return most / 8;
  }

  /**
   * A stretch as of a commit.
   *
   * @param read reads it as of that commit; empty when the task has gone on meanwhile
   * @return empty when it is not known as of that commit
   */
  Optional<Blocks> get(
      int partition,
      long definition,
      CommittedRows rows,
      CommittedRows.Snapshot now,
      Segments.Stretch stretch,
      Supplier<Optional<Blocks>> read) {
    Key key = new Key(partition, definition, stretch.number());
    Kept found = kept.getIfPresent(key);
    if (found == null || !found.isOf(rows, now, stretch)) {
      found =
          kept.asMap()
              .compute(
                  key,
                  (k, old) ->
                      old != null && old.isOf(rows, now, stretch)
                          ? old
                          : read.get().map(b -> new Kept(rows, now.number(), b)).orElse(null));
    }
    return Optional.ofNullable(found).filter(f -> f.commit() <= now.number()).map(Kept::blocks);
  }
}
