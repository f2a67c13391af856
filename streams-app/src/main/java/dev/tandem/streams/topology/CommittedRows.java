package dev.tandem.streams.topology;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.reconcile.CommittedEpochs;
import dev.tandem.core.row.RowKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a task as of its last commit, for readers, while a transaction changes them in the
 * store: what a row was before the open transaction is kept here until that is committed. Written
 * by the task's thread, read by any.
 *
 * <p>A reader takes {@link #now}, opens an iterator of the store, asks for {@link Snapshot#before}
 * and takes {@link #now} again: while both are the same, the iterator with what it was given laid
 * over it is that commit, however long it is read. What was read once need not be read again while
 * {@link #segments} says that nothing has changed there.
 */
public final class CommittedRows {
  private final Segments segments;
  private volatile Snapshot now;
  private CommittedEpochs committed;
  private Map<String, Long> live;

  /**
   * State as of a commit.
   *
   * @param changed what the rows were that have changed since. Grows while the transaction goes on,
   *     and stays when it is over
   * @param committed epochs whose corrections are in; not to be changed
   * @param live by definition id (16 hexadecimal digits), since which generation it is counted
   * @param at when, in milliseconds
   * @param number of the commit, in this process
   * @param epochsSince number of the commit since which the committed epochs are these: what rows
   *     are worth depends on them
   */
  public record Snapshot(
      ChangedValues changed,
      CommittedEpochs committed,
      Map<String, Long> live,
      long at,
      long number,
      long epochsSince) {

    /**
     * @param room for changes, about
     */
    private static Snapshot of(
        CommittedEpochs committed, Map<String, Long> live, long at, int room) {
      return new Snapshot(
          new ChangedValues(room),
          CommittedEpochs.fromBytes(committed.toBytes()),
          Map.copyOf(live),
          at,
          0,
          0);
    }

    /**
     * Of the rows changed so far, and perhaps of some that change later: what they were; empty:
     * there was none.
     */
    public Map<RowKey, Optional<byte[]>> before() {
      return changed.asMap();
    }

    private Snapshot next(CommittedEpochs newCommitted, Map<String, Long> newLive, long newAt) {
      Snapshot next = of(newCommitted, newLive, newAt, changed.size());
      boolean same = next.committed.asSet().equals(committed.asSet());
      return new Snapshot(
          next.changed,
          next.committed,
          next.live,
          newAt,
          number + 1,
          same ? epochsSince : number + 1);
    }

    /** Beside the rows in their changelog, so that a standby knows what the rows before it are. */
    byte[] toBytes() {
      Bytes out = Bytes.writer();
      out.putByte(1);
      out.putFixed(at);
      out.putBlock(committed.toBytes());
      out.putUnsigned(live.size());
      new TreeMap<>(live)
          .forEach(
              (id, since) -> {
                out.putBlock(id.getBytes(StandardCharsets.US_ASCII));
                out.putSigned(since);
              });
      return out.toArray();
    }

    /**
     * @throws IllegalArgumentException when they are of another version
     */
    public static Snapshot fromBytes(byte[] bytes) {
      Bytes in = Bytes.reader(bytes);
      int version = in.getByte();
      if (version != 1) {
        throw new IllegalArgumentException("commit of version " + version + ", this build reads 1");
      }
      long at = in.getFixed();
      CommittedEpochs committed = CommittedEpochs.fromBytes(in.getBlock());
      Map<String, Long> live = new TreeMap<>();
      for (long n = in.getUnsigned(); n > 0; n--) {
        String id = new String(in.getBlock(), StandardCharsets.US_ASCII);
        live.put(id, in.getSigned());
      }
      return of(committed, live, at, 0);
    }
  }

  /**
   * @param segments those of the rows that are there
   */
  CommittedRows(CommittedEpochs committed, Map<String, Long> live, long at, Segments segments) {
    segments.committed(0);
    this.segments = segments;
    this.committed = committed;
    this.live = live;
    this.now = Snapshot.of(committed, live, at, 0);
  }

  /** The last commit. */
  public Snapshot now() {
    return now;
  }

  /** Which stretches of time have rows, and since which commit they are what they are. */
  public Segments segments() {
    return segments;
  }

  /** A row is about to change. */
  void changes(RowKey key, byte @Nullable [] before) {
    segments.touch(key);
    now.changed().add(key, before);
  }

  /**
   * What is written is complete; the commit comes next.
   *
   * @return what the snapshot will be, without rows
   */
  Snapshot prepare(CommittedEpochs newCommitted, Map<String, Long> newLive, long at) {
    committed = newCommitted;
    live = newLive;
    return Snapshot.of(committed, live, at, 0);
  }

  /** The transaction is committed. */
  void committed(long at) {
    Snapshot next = now.next(committed, live, at);
    segments.committed(next.number());
    now = next;
  }
}
