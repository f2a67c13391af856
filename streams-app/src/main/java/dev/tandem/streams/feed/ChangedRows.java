package dev.tandem.streams.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.row.RowJson;
import dev.tandem.core.row.RowKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What changed in one aggregate for a while: how many rows, and the newest of them, which alone are
 * read. Not thread-safe.
 */
public final class ChangedRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 20;

  private final AggregateDefinition aggregate;
  private final Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> newest = new LinkedHashMap<>();
  private long count;

  ChangedRows(AggregateDefinition aggregate) {
    this.aggregate = aggregate;
  }

  /**
   * A row as it is now.
   *
   * @param epoch the last backfill whose result is in it, 0: none
   */
  public record Row(RowKey key, RowState state, long epoch) {}

  void add(ConsumerRecord<byte[], byte[]> record) {
    count++;
    ByteBuffer key = ByteBuffer.wrap(record.key());
    newest.remove(key);
    newest.put(key, record);
    if (newest.size() > MOST) {
      newest.remove(newest.keySet().iterator().next());
    }
  }

  public AggregateDefinition aggregate() {
    return aggregate;
  }

  /** How many records there were, those that withdraw a row included. */
  public long count() {
    return count;
  }

  /** The newest rows that exist and are of today's definition, the oldest of them first. */
  public List<Row> newest() {
    RowLayout layout = new RowLayout(aggregate);
    List<Row> rows = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : newest.values()) {
      @Nullable Header header = record.headers().lastHeader(Topics.STATE_HEADER);
      if (record.value() != null && header != null) {
        Bytes in = Bytes.reader(header.value());
        if (in.getFixed() == aggregate.id()) {
          RowKey key = RowJson.parseKey(aggregate, record.key());
          rows.add(new Row(key, RowState.read(layout, in), epoch(record.value())));
        }
      }
    }
    return rows;
  }

  private static long epoch(byte[] value) {
    try {
      return JSON.readTree(value).path("epoch").asLong();
    } catch (IOException e) {
      throw new UncheckedIOException("not a value of P.aggregates", e);
    }
  }
}
