package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * Entries about one event id, oldest first; immutable. The tag of a contribution is the claims that
 * apply to it.
 *
 * <p>Bytes: count, and for each entry {@code epoch * 2 + (claim ? 1 : 0)}, all varints.
 */
public record Claims(List<ClaimEntry> entries) {
  /** Stands for any epoch that is committed; no backfill has it. */
  private static final long COMMITTED = 0;

  /** A batch has counted the event, and nothing can change that. */
  static final Claims COUNTED = new Claims(List.of(new ClaimEntry(COMMITTED, true)));

  /** No entry. */
  public static final Claims NONE = new Claims(List.of());

  public Claims {
    entries = List.copyOf(entries);
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  public Claims plus(ClaimEntry entry) {
    return plusAll(List.of(entry));
  }

  public Claims filter(Predicate<ClaimEntry> keep) {
    if (entries.isEmpty() || entries.stream().allMatch(keep)) {
      return this;
    }
    return new Claims(entries.stream().filter(keep).toList());
  }

  /** Whether a batch has counted the event: the last entry of a committed epoch says claim. */
  public boolean countedByBatch(LongPredicate committed) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      ClaimEntry entry = entries.get(i);
      if (entry.epoch() == COMMITTED || committed.test(entry.epoch())) {
        return entry.claim();
      }
    }
    return false;
  }

  /**
   * The same verdict, now and after any later commit, from fewer entries: those that cannot decide
   * any more are gone. {@link #NONE} when no batch can count the event any more, {@link #COUNTED}
   * when one has for good.
   */
  Claims resolved(LongPredicate committed) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      ClaimEntry entry = entries.get(i);
      if (committed.test(entry.epoch()) || entry.epoch() == COMMITTED) {
        List<ClaimEntry> open = entries.subList(i + 1, entries.size());
        if (!entry.claim()) {
          return new Claims(open);
        }
        return open.isEmpty() ? COUNTED : COUNTED.plusAll(open);
      }
    }
    return this;
  }

  private Claims plusAll(List<ClaimEntry> more) {
    List<ClaimEntry> all = new ArrayList<>(entries);
    all.addAll(more);
    return new Claims(all);
  }

  public void write(Bytes out) {
    out.putUnsigned(entries.size());
    for (ClaimEntry e : entries) {
      out.putUnsigned(e.epoch() << 1 | (e.claim() ? 1 : 0));
    }
  }

  public static Claims read(Bytes in) {
    long n = in.getUnsigned();
    if (n == 0) {
      return NONE;
    }
    List<ClaimEntry> entries = new ArrayList<>((int) Math.min(n, 1024));
    for (; n > 0; n--) {
      long v = in.getUnsigned();
      entries.add(new ClaimEntry(v >>> 1, (v & 1) == 1));
    }
    return new Claims(entries);
  }
}
