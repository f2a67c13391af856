package dev.tandem.streams.query;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.reconcile.CommittedEpochs;
import dev.tandem.core.reconcile.LiveRow;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of a store as blocks, one at a time; rows that are not served are left out. Not
 * thread-safe.
 */
public final class RowBlocks implements Iterator<RowBlock> {
  private final Iterator<KeyValue<byte[], byte[]>> entries;
  private final byte[] end;
  private final RowLayout layout;
  private final int dimensions;
  private final CommittedEpochs committed;
  private @Nullable KeyValue<byte[], byte[]> ahead;

  /**
   * @param entries rows of {@code range}, perhaps with the one at its end
   * @param committed epochs whose corrections are in
   */
  public RowBlocks(
      AggregateDefinition aggregate,
      TimeRange range,
      Iterator<KeyValue<byte[], byte[]>> entries,
      CommittedEpochs committed) {
    this.entries = entries;
    this.end = RowKey.lowerBound(aggregate.id(), range.to());
    this.layout = new RowLayout(aggregate);
    this.dimensions = aggregate.by().size();
    this.committed = committed;
    ahead = read();
  }

  private @Nullable KeyValue<byte[], byte[]> read() {
    if (!entries.hasNext()) {
      return null;
    }
    KeyValue<byte[], byte[]> entry = entries.next();
    return Arrays.equals(entry.key, end) ? null : entry;
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  @Override
  public RowBlock next() {
    if (ahead == null) {
      throw new NoSuchElementException();
    }
    Builder block = new Builder(dimensions);
    while (ahead != null && block.offsets.size() < RowBlock.MOST_ROWS) {
      KeyValue<byte[], byte[]> entry = ahead;
      LiveRow row = LiveRow.fromBytes(layout, entry.value);
      RowState served = row.served(committed);
      if (!served.isEmpty()) {
        block.add(RowKey.of(entry.key), row.epoch(), served);
      }
      ahead = read();
    }
    return block.build();
  }

  private static final class Builder {
    private final List<Long> windows = new ArrayList<>();
    private final List<Integer> firstRows = new ArrayList<>();
    private final List<Map<@Nullable Object, Integer>> values = new ArrayList<>();
    private final char[][] codes;
    private final List<Integer> offsets = new ArrayList<>();
    private final Bytes states = Bytes.writer();

    Builder(int dimensions) {
      codes = new char[dimensions][RowBlock.MOST_ROWS];
      for (int i = 0; i < dimensions; i++) {
        values.add(new HashMap<>());
      }
    }

    void add(RowKey key, long epoch, RowState served) {
      int row = offsets.size();
      long window = key.windowStart();
      if (windows.isEmpty() || windows.get(windows.size() - 1) != window) {
        windows.add(window);
        firstRows.add(row);
      }
      List<@Nullable Object> of = key.dimensions();
      for (int i = 0; i < codes.length; i++) {
        Map<@Nullable Object, Integer> known = values.get(i);
        Integer code = known.get(of.get(i));
        if (code == null) {
          code = known.size();
          known.put(of.get(i), code);
        }
        codes[i][row] = (char) code.intValue();
      }
      offsets.add(states.length());
      states.putUnsigned(epoch);
      served.write(states);
    }

    RowBlock build() {
      int rows = offsets.size();
      firstRows.add(rows);
      @Nullable Object[][] distinct = new Object[codes.length][];
      for (int i = 0; i < codes.length; i++) {
        @Nullable Object[] of = new Object[values.get(i).size()];
        values.get(i).forEach((value, code) -> of[code] = value);
        distinct[i] = of;
        codes[i] = Arrays.copyOf(codes[i], rows);
      }
      return RowBlock.of(
          windows.stream().mapToLong(Long::longValue).toArray(),
          firstRows.stream().mapToInt(Integer::intValue).toArray(),
          distinct,
          codes,
          offsets.stream().mapToInt(Integer::intValue).toArray(),
          states.toArray());
    }
  }
}
