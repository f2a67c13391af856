package dev.tandem.replay.merge;

import dev.tandem.core.decode.Decoded;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts a file that is nearly sorted: of the next {@code size} events of the file always the
 * earliest. A row that is no event passes as soon as it is read, so those never pile up.
 */
final class ReorderWindow implements AutoCloseable {
  private final Source source;
  private final ReadAhead records;
  private final int size;

  /** Events that came in order, and those that came later than one of a later time. */
  private final Deque<Entry> inOrder = new ArrayDeque<>();

  private final PriorityQueue<Entry> stragglers = new PriorityQueue<>(Entry.ORDER);
  private @Nullable Entry bad;
  private boolean ended;

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
    Entry entry;
    if (bad != null) {
      entry = bad;
      bad = null;
    } else {
      entry = stragglerIsNext() ? stragglers.remove() : inOrder.remove();
    }
    return entry;
  }

  /** Why the file ended early, at the end. */
  Optional<RuntimeException> failure() {
    return records.failure();
  }

  private void fill() {
    while (bad == null && !ended && inOrder.size() + stragglers.size() < size) {
      Optional<Decoded> next = records.next();
      if (next.isEmpty()) {
        ended = true;
        return;
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
