package dev.tandem.streams.query;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowOverflowException;
import dev.tandem.core.aggregate.RowState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of one block become when some of its dimensions are kept and all its windows are
 * one: a block with far fewer rows that answers the same. It is made the second time that it would
 * be of use, since most blocks that do not stay in memory are read for one question alone, and
 * remembered with the block, as long as there is room. Thread-safe.
 */
final class Folds {
  /** Fewer rows are as soon merged. */
  private static final int LEAST_ROWS = 64;

  /** A fold has so many times fewer rows, or is of no use. */
  private static final int LEAST_GAIN = 4;

  /** By the kept dimensions, a bit each: empty when asked for once. */
  private final Map<Long, Optional<RowBlock>> known = new ConcurrentHashMap<>();

  private final AtomicInteger room;

  /**
   * @param room how many bytes all folds may take
   */
  Folds(int room) {
    this.room = new AtomicInteger(room);
  }

  /**
   * The block's rows merged, or the block itself.
   *
   * @param dimensions that are kept; the fold has no values of the others
   */
  RowBlock of(RowBlock block, int[] dimensions, RowLayout layout) {
    if (block.rows() < LEAST_ROWS) {
      return block;
    }
    long kept = Arrays.stream(dimensions).mapToLong(d -> 1L << d).sum();
    Optional<RowBlock> found = known.putIfAbsent(kept, Optional.empty());
    if (found == null) {
      return block;
    }
    return found.orElseGet(() -> remember(kept, block, dimensions, layout));
  }

  private RowBlock remember(long kept, RowBlock block, int[] dimensions, RowLayout layout) {
    RowBlock fold = fold(block, dimensions, layout).filter(this::fits).orElse(block);
    known.put(kept, Optional.of(fold));
    return fold;
  }

  private boolean fits(RowBlock fold) {
    int weight = fold.weightOfRows();
    if (room.addAndGet(-weight) >= 0) {
      return true;
    }
    room.addAndGet(weight);
    return false;
  }

  private static Optional<RowBlock> fold(RowBlock block, int[] dimensions, RowLayout layout) {
    Merging merging = new Merging(block, dimensions, layout);
    try {
      return merging.addAll() ? Optional.of(merging.build()) : Optional.empty();
    } catch (RowOverflowException whoAsksFindsIt) {
      return Optional.empty();
    }
  }

  private static final class Merging {
    private final RowBlock block;
    private final int[] dimensions;
    private final RowLayout layout;
    private final PairIds[] pairs;
    private final List<RowState> states = new ArrayList<>();
    private final int[] firstRows;
    private final long[] epochs;

    Merging(RowBlock block, int[] dimensions, RowLayout layout) {
      this.block = block;
      this.dimensions = dimensions;
      this.layout = layout;
      this.pairs = new PairIds[dimensions.length];
      Arrays.setAll(pairs, i -> new PairIds());
      this.firstRows = new int[block.rows() / LEAST_GAIN];
      this.epochs = new long[firstRows.length];
    }

    /** Whether there are few enough. */
    boolean addAll() {
      for (int row = 0; row < block.rows(); row++) {
        int id = 0;
        for (int i = 0; i < dimensions.length; i++) {
          id = pairs[i].of(id, block.codes()[dimensions[i]][row]);
        }
        if (id == states.size()) {
          if (id == firstRows.length) {
            return false;
          }
          states.add(new RowState(layout));
          firstRows[id] = row;
          epochs[id] = Long.MAX_VALUE;
        }
        Bytes in = block.state(row);
        epochs[id] = Math.min(epochs[id], in.getUnsigned());
        states.get(id).mergeWritten(in);
      }
      return true;
    }

    RowBlock build() {
      int rows = states.size();
      char[][] codes = new char[block.codes().length][0];
      @Nullable Object[][] values = new Object[codes.length][0];
      for (int dimension : dimensions) {
        values[dimension] = block.values()[dimension];
        codes[dimension] = new char[rows];
        for (int row = 0; row < rows; row++) {
          codes[dimension][row] = block.codes()[dimension][firstRows[row]];
        }
      }
      int[] offsets = new int[rows];
      Bytes bytes = Bytes.writer();
      for (int row = 0; row < rows; row++) {
        offsets[row] = bytes.length();
        bytes.putUnsigned(epochs[row]);
        states.get(row).write(bytes);
      }
      return new RowBlock(
          new long[] {block.windows()[0]},
          new int[] {0, rows},
          values,
          codes,
          offsets,
          bytes.toArray(),
          new Folds(0));
    }
  }
}
