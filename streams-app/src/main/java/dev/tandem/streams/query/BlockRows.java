package dev.tandem.streams.query;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.row.RowKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of one partition that a question is about, as they are, in the order of their keys. */
final class BlockRows implements Entries {
  private final QueryRequest request;
  private final OpenPartition partition;
  private final Iterator<RowBlock> blocks;
  private final RowLayout layout;
  private @Nullable Place place;
  private @Nullable Entry next;

  /** Where it stands in a block. */
  private static final class Place {
    final RowBlock block;
    final BlockFilter filter;
    int window;
    int row;

    Place(QueryRequest request, RowBlock block) {
      this.block = block;
      this.filter = new BlockFilter(request, block);
    }

    /** Goes to the next row that is asked for; false: there is none. */
    boolean advance() {
      for (; window < block.windows().length; window++) {
        int end = block.firstRows()[window + 1];
        if (filter.takesWindow(window)) {
          for (; row < end; row++) {
            if (filter.takesRow(row)) {
              return true;
            }
          }
        }
        row = end;
      }
      return false;
    }
  }

  BlockRows(OpenPartition partition, QueryRequest request, RowLayout layout) {
    this.request = request;
    this.partition = partition;
    this.blocks = partition.blocks();
    this.layout = layout;
    next = read();
  }

  private @Nullable Entry read() {
    while (true) {
      Place at = place;
      if (at != null && at.advance()) {
        return take(at);
      }
      if (!blocks.hasNext()) {
        return null;
      }
      place = new Place(request, blocks.next());
    }
  }

  private Entry take(Place at) {
    RowBlock block = at.block;
    List<@Nullable Object> dimensions = new ArrayList<>(block.values().length);
    for (int i = 0; i < block.values().length; i++) {
      dimensions.add(block.value(i, at.row));
    }
    Bytes in = block.state(at.row);
    long epoch = in.getUnsigned();
    at.row++;
    return new Entry(
        RowKey.of(request.aggregate(), block.windows()[at.window], dimensions),
        RowState.read(layout, in),
        epoch);
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Entry next() {
    Entry entry = next;
    if (entry == null) {
      throw new NoSuchElementException();
    }
    next = read();
    return entry;
  }

  @Override
  public void close() {
    partition.close();
  }
}
