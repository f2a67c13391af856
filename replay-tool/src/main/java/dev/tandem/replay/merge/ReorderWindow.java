package dev.tandem.replay.merge;

import dev.tandem.core.decode.Decoded;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sorts a file that is nearly sorted: of the next {@code size} events of the file always the
 * earliest. A row that is no event passes as soon as it is read, so those never pile up.
 *
 * <p>Events of standard input, which may never end, are held for a moment only: those that came by
 * then go on, sorted. So whoever waits for the next of them gets it soon after it came.
 */
final class ReorderWindow implements AutoCloseable {
  /** How long events of standard input wait for earlier ones. */
  private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Source source;
  private final ReadAhead records;
  private final int size;

  /** Events that came in order, and those that came later than one of a later time. */
  private final Deque<Entry> inOrder = new ArrayDeque<>();

  private final PriorityQueue<Entry> stragglers = new PriorityQueue<>(Entry.ORDER);
  private @Nullable Entry bad;
  private boolean ended;

  /** Since when the events of standard input wait that wait, and how many have waited enough. */
  private long waitingSince;

  private int free;

  ReorderWindow(Source source, ReadAhead records, int size) {
    this.source = source;
    this.records = records;
    this.size = size;
  }

  /** The next entry, which stays; empty at the end of the file. */
  Optional<Entry> peek() {
    fill();
    if (bad != null) {
      return Optional.of(bad);
    }
    return Optional.ofNullable(stragglerIsNext() ? stragglers.peek() : inOrder.peek());
  }

  /** Takes the entry that {@link #peek} gave. */
  Entry take() {
    if (bad != null) {
      Entry entry = bad;
      bad = null;
      return entry;
    }
    Entry entry = stragglerIsNext() ? stragglers.remove() : inOrder.remove();
    free = Math.max(0, free - 1);
    if (free == 0) {
      waitingSince = System.nanoTime();
    }
    return entry;
  }

  /** Why the file ended early, at the end. */
  Optional<RuntimeException> failure() {
    return records.failure();
  }

  private void fill() {
    while (bad == null && !ended && held() < size) {
      Optional<Decoded> next = records.next(patience());
      if (next.isEmpty()) {
        ended = records.isAtEnd();
        if (free > 0) {
          return;
        }
        continue;
      }
      if (held() == 0) {
        waitingSince = System.nanoTime();
      }
      Entry entry = Entry.of(source, next.get());
      if (entry.decoded() instanceof Decoded.Bad) {
        bad = entry;
      } else if (inOrder.isEmpty() || inOrder.getLast().time() <= entry.time()) {
        inOrder.add(entry);
      } else {
        stragglers.add(entry);
      }
    }
  }

  private int held() {
    return inOrder.size() + stragglers.size();
  }

  /** How long the next record may take, in nanoseconds. */
  private long patience() {
    if (source.isFile() || held() == 0) {
      return Long.MAX_VALUE;
    }
    long left = free > 0 ? 0 : waitingSince + HOLD_NANOS - System.nanoTime();
    if (left <= 0) {
      free = Math.max(free, held());
    }
    return Math.max(0, left);
  }

  private boolean stragglerIsNext() {
    Entry straggler = stragglers.peek();
    Entry ordered = inOrder.peek();
    return straggler != null && (ordered == null || Entry.ORDER.compare(straggler, ordered) < 0);
  }

  @Override
  public void close() {
    records.close();
  }
}
