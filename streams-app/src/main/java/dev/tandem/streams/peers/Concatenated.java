package dev.tandem.streams.peers;

import dev.tandem.streams.query.RowBlock;
import java.util.Iterator;

/** Blocks that are in memory, then those that are read. */
record Concatenated(Iterator<RowBlock> first, Iterator<RowBlock> then)
    implements Iterator<RowBlock> {
  @Override
  public boolean hasNext() {
    return first.hasNext() || then.hasNext();
  }

  @Override
  public RowBlock next() {
    return first.hasNext() ? first.next() : then.next();
  }
}
