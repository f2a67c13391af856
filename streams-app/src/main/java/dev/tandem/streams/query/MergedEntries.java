package dev.tandem.streams.query;

import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Several parts of an answer as one: rows of one key are merged. */
public final class MergedEntries implements Entries {
  private final List<Entries> parts;
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing((Head h) -> h.entry().key()));

  private record Head(Entry entry, Entries rest) {}

  /**
   * @param parts are closed with this
   */
  public MergedEntries(List<Entries> parts) {
    this.parts = List.copyOf(parts);
    this.parts.forEach(this::advance);
  }

  private void advance(Entries part) {
    if (part.hasNext()) {
      heads.add(new Head(part.next(), part));
    }
  }

  private Entry take() {
    Head head = heads.remove();
    advance(head.rest());
    return head.entry();
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public Entry next() {
    if (heads.isEmpty()) {
      throw new NoSuchElementException();
    }
    Entry entry = take();
    Head next = heads.peek();
    while (next != null && next.entry().key().equals(entry.key())) {
      entry = entry.plus(take());
      next = heads.peek();
    }
    return entry;
  }

  @Override
  public void close() {
    parts.forEach(Entries::close);
  }
}
