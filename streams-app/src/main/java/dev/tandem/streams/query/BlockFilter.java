package dev.tandem.streams.query;

import dev.tandem.core.time.TimeRange;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a block a question is about: each condition is asked once a distinct value, not
 * once a row.
 */
final class BlockFilter {
  private final RowBlock block;
  private final TimeRange range;
  private final int[] dimensions;
  private final boolean[][] takes;

  BlockFilter(QueryRequest request, RowBlock block) {
    this.block = block;
    this.range = request.range();
    this.dimensions = request.where().keySet().stream().mapToInt(Integer::intValue).toArray();
    this.takes = new boolean[dimensions.length][];
    for (int i = 0; i < dimensions.length; i++) {
      takes[i] = takes(block.values()[dimensions[i]], request.where(), dimensions[i]);
    }
  }

  private static boolean[] takes(
      @Nullable Object[] values, Map<Integer, Set<Object>> where, int dimension) {
    Set<Object> wanted = where.getOrDefault(dimension, Set.of());
    boolean[] takes = new boolean[values.length];
    for (int code = 0; code < values.length; code++) {
      Object value = values[code];
      takes[code] = wanted.contains(value == null ? QueryRequest.MISSING : value);
    }
    return takes;
  }

  /** Whether rows of a window, by its place in the block, are asked for. */
  boolean takesWindow(int window) {
    return range.contains(block.windows()[window]);
  }

  /** Whether a row has the values that are asked for. */
  boolean takesRow(int row) {
    for (int i = 0; i < dimensions.length; i++) {
      if (!takes[i][block.codes()[dimensions[i]][row]]) {
        return false;
      }
    }
    return true;
  }
}
