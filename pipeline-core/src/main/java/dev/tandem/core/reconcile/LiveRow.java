package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as the stream keeps it: the base that a batch computed, and what arrived behind its cut.
 *
 * <p>{@code c} is the epoch of the last correction (0: none); {@code base} what that batch counted,
 * and older generations folded in; {@code recent} the live contributions by generation and tag. A
 * generation is the epoch of the last barrier before an event in its partition of the log. The
 * order in which partials and corrections arrive does not matter.
 *
 * <p>Mutable, not thread-safe. Bytes, version 1: version · flags (1: corrected, 2: not yet
 * published) · c · base · count of recent entries and for each generation, tag and state.
 */
public final class LiveRow {
  private static final int VERSION = 1;
  private static final int CORRECTED = 1;
  private static final int PENDING = 2;

  private final RowLayout layout;
  private long correctedBy;
  private boolean corrected;
  private boolean pending;
  private RowState base;
  private final List<Recent> recent;

  private record Recent(long generation, Claims tag, RowState state) {}

  public LiveRow(RowLayout layout) {
    this.layout = layout;
    this.base = new RowState(layout);
    this.recent = new ArrayList<>(1);
  }

  /**
   * Takes a partial of generation {@code g}. One that a batch has counted already ({@code g < c})
   * is dropped.
   *
   * @param partial kept or merged from; not used by the caller afterwards
   * @return whether it was taken
   */
  public boolean merge(long g, Claims tag, RowState partial, CommittedEpochs committed) {
    if (g < correctedBy) {
      return false;
    }
    RowState there = stateOf(g, tag, committed);
    if (there == null) {
      recent.add(new Recent(g, tag, partial));
    } else {
      there.merge(partial);
    }
    return true;
  }

  /** As {@link #merge} of a partial that was written. */
  void mergeWritten(long g, Claims tag, Bytes partial, CommittedEpochs committed) {
    if (g < correctedBy) {
      return;
    }
    RowState there = stateOf(g, tag, committed);
    if (there == null) {
      recent.add(new Recent(g, tag, RowState.read(layout, partial)));
    } else {
      there.mergeWritten(partial);
    }
  }

  /** Where contributions of this generation and tag are; null where there are none yet. */
  private @Nullable RowState stateOf(long g, Claims tag, CommittedEpochs committed) {
    if (tag.isEmpty() && g < committed.newest()) {
      return base;
    }
    for (Recent r : recent) {
      if (r.generation == g && r.tag.equals(tag)) {
        return r.state;
      }
    }
    return null;
  }

  /**
   * Takes the correction of {@code epoch}; one that is not newer than the last is ignored.
   *
   * @param batch what the batch counted; empty when the row should not exist
   * @return whether it was taken
   */
  public boolean correct(long epoch, RowState batch, CommittedEpochs committed) {
    if (epoch <= correctedBy) {
      return false;
    }
    corrected = !servedBefore(epoch, committed).equals(batch);
    base = batch;
    correctedBy = epoch;
    recent.removeIf(r -> r.generation < epoch);
    return true;
  }

  /**
   * Folds into the base what no later correction can tell apart any more (untagged, older than the
   * newest commit), and resolves tags. What a settled row serves does not depend on who knows of
   * which commit: a reader that has not heard of the newest ones sees no mixture.
   */
  public void settle(CommittedEpochs committed) {
    if (isSettled(committed)) {
      return;
    }
    List<Recent> open = List.copyOf(recent);
    recent.clear();
    for (Recent r : open) {
      Claims tag = r.tag.resolved(committed::contains);
      if (!tag.equals(Claims.COUNTED)) {
        merge(r.generation, tag, r.state, committed);
      }
    }
  }

  private boolean isSettled(CommittedEpochs committed) {
    for (Recent r : recent) {
      if (!r.tag.isEmpty() || r.generation < committed.newest()) {
        return false;
      }
    }
    return true;
  }

  /**
   * The value to serve: the base and all live contributions that no batch has counted; not to be
   * changed by the caller.
   */
  public RowState served(CommittedEpochs committed) {
    return servedBefore(Long.MAX_VALUE, committed);
  }

  /** The value as of barrier {@code epoch}: without what came behind it. */
  public RowState servedBefore(long epoch, CommittedEpochs committed) {
    if (recent.isEmpty()) {
      return base;
    }
    if (base.isEmpty() && recent.size() == 1) {
      Recent only = recent.get(0);
      boolean counts = only.generation < epoch && !countedByBatch(only, committed);
      return counts ? only.state : base;
    }
    RowState sum = base.copy();
    for (Recent r : recent) {
      if (r.generation < epoch && !countedByBatch(r, committed)) {
        sum.merge(r.state);
      }
    }
    return sum;
  }

  private boolean countedByBatch(Recent r, CommittedEpochs committed) {
    return !r.tag.isEmpty() && r.tag.countedByBatch(e -> e == correctedBy || committed.contains(e));
  }

  /**
   * What tells one served value from another, without computing it; the same for all rows that do
   * not exist.
   */
  Identity identity(CommittedEpochs committed) {
    long events = base.events();
    long idSum = base.idSum();
    for (Recent r : recent) {
      if (!countedByBatch(r, committed)) {
        events += r.state.events();
        idSum += r.state.idSum();
      }
    }
    return events == 0 ? Identity.NONE : new Identity(events, idSum, correctedBy, corrected);
  }

  /**
   * Equal identities have equal values: ids are hashed, and a batch that alters values has another
   * epoch.
   */
  record Identity(long events, long idSum, long epoch, boolean corrected) {
    static final Identity NONE = new Identity(0, 0, 0, false);
  }

  /** Whether something came behind barrier {@code epoch}. */
  public boolean hasRecentSince(long epoch) {
    for (Recent r : recent) {
      if (r.generation >= epoch) {
        return true;
      }
    }
    return false;
  }

  /** Whether a commit can change the served value. */
  public boolean isTagged() {
    for (Recent r : recent) {
      if (!r.tag.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The last backfill whose result is in the row, 0 for none. */
  public long epoch() {
    return correctedBy;
  }

  /** Whether that backfill changed the row. */
  public boolean corrected() {
    return corrected;
  }

  /** Whether the row has changed since it was last published. */
  public boolean pending() {
    return pending;
  }

  public void pending(boolean value) {
    pending = value;
  }

  /** {@link #pending()} of a row's bytes, without reading the rest. */
  public static boolean isPending(byte[] row) {
    return (row[1] & PENDING) != 0;
  }

  public byte[] toBytes() {
    Bytes out = Bytes.writer();
    write(out);
    return out.toArray();
  }

  void write(Bytes out) {
    out.putByte(VERSION);
    out.putByte((corrected ? CORRECTED : 0) | (pending ? PENDING : 0));
    out.putUnsigned(correctedBy);
    base.write(out);
    out.putUnsigned(recent.size());
    for (Recent r : recent) {
      out.putUnsigned(r.generation);
      r.tag.write(out);
      r.state.write(out);
    }
  }

  /**
   * @throws IllegalArgumentException when the bytes are of another version or cut short
   */
  public static LiveRow fromBytes(RowLayout layout, byte[] bytes) {
    Bytes in = Bytes.reader(bytes);
    in.getVersion("row", VERSION, VERSION);
    LiveRow row = new LiveRow(layout);
    int flags = in.getByte();
    row.corrected = (flags & CORRECTED) != 0;
    row.pending = (flags & PENDING) != 0;
    row.correctedBy = in.getUnsigned();
    row.base = RowState.read(layout, in);
    for (long n = in.getUnsigned(); n > 0; n--) {
      row.recent.add(new Recent(in.getUnsigned(), Claims.read(in), RowState.read(layout, in)));
    }
    return row;
  }
}
