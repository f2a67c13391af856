package dev.tandem.streams.query;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.reconcile.LiveRow;
import dev.tandem.core.row.RowKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** The served rows of one partition that a question is about, in the order of their keys. */
final class RowScan implements Entries {
  private final QueryRequest request;
  private final OpenPartition partition;
  private final RowLayout layout;
  private final byte[] end;
  private @Nullable Entry next;

  RowScan(OpenPartition partition, QueryRequest request, RowLayout layout) {
    this.request = request;
    this.partition = partition;
    this.layout = layout;
    this.end = end(request);
    next = read();
  }

  /** First key of a question. */
  static byte[] begin(QueryRequest request) {
    return RowKey.lowerBound(request.aggregate().id(), request.range().from());
  }

  /** End of its keys, exclusive. */
  static byte[] end(QueryRequest request) {
    return RowKey.lowerBound(request.aggregate().id(), request.range().to());
  }

  private @Nullable Entry read() {
    while (partition.entries().hasNext()) {
      KeyValue<byte[], byte[]> entry = partition.entries().next();
      if (Arrays.equals(entry.key, end)) {
        return null;
      }
      RowKey key = RowKey.of(entry.key);
      if (!request.where().isEmpty() && !matches(key.dimensions())) {
        continue;
      }
      LiveRow row = LiveRow.fromBytes(layout, entry.value);
      RowState served = row.served(partition.committed());
      if (!served.isEmpty()) {
        return new Entry(key, served, row.epoch());
      }
    }
    return null;
  }

  private boolean matches(List<@Nullable Object> dimensions) {
    for (Map.Entry<Integer, Set<Object>> condition : request.where().entrySet()) {
      Object value = dimensions.get(condition.getKey());
      if (!condition.getValue().contains(value == null ? QueryRequest.MISSING : value)) {
        return false;
      }
    }
    return true;
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
