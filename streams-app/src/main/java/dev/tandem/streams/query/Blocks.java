package dev.tandem.streams.query;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Served rows in memory, in the order of their keys; immutable.
 *
 * @param weight about what they take, in bytes
 * @param isWhole whether none is left out
 */
public record Blocks(List<RowBlock> blocks, int weight, boolean isWhole) {
  private static final int AN_ENTRY = 100;

  public Blocks {
    blocks = List.copyOf(blocks);
  }

  /**
   * Reads all rows, unless they take more than {@code most} bytes: then none are kept, and {@link
   * #isWhole} says so.
   */
  public static Blocks read(Iterator<RowBlock> rows, long most) {
    List<RowBlock> blocks = new ArrayList<>();
    long weight = AN_ENTRY;
    while (rows.hasNext()) {
      RowBlock block = rows.next();
      blocks.add(block);
      weight += block.weight();
      if (weight > Math.min(most, Integer.MAX_VALUE)) {
        return new Blocks(List.of(), AN_ENTRY, false);
      }
    }
    return new Blocks(blocks, (int) weight, true);
  }
}
