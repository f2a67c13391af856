package dev.tandem.backfill.engine;

import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Records of the log as rows, byte for byte. */
final class ArchiveColumns {
  static final String DATE = "date";
  static final String PARTITION = "partition";
  static final String OFFSET = "offset";

  private static final StructType HEADER =
      new StructType()
          .add("key", DataTypes.StringType, false)
          .add("value", DataTypes.BinaryType, true);

  /** What a file holds; the date is in its path. */
  static final StructType RECORD =
      new StructType()
          .add(PARTITION, DataTypes.IntegerType, true)
          .add(OFFSET, DataTypes.LongType, true)
          .add("timestamp", DataTypes.TimestampType, true)
          .add("key", DataTypes.BinaryType, true)
          .add("value", DataTypes.BinaryType, true)
          .add("headers", DataTypes.createArrayType(HEADER, false), true);

  static final StructType DATED = RECORD.add(DATE, DataTypes.StringType, true);

  private ArchiveColumns() {}

  /**
   * @param date the folder that it goes to, such as {@code 2017-07-01}
   */
  static Row row(ConsumerRecord<byte[], byte[]> record, String date) {
    List<Row> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(RowFactory.create(header.key(), header.value()));
    }
    return RowFactory.create(
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        record.key(),
        record.value(),
        headers.toArray(),
        date);
  }

  static int partition(Row row) {
    return row.getInt(0);
  }

  static LogRecord record(Row row) {
    @Nullable String barrier = null;
    for (Row header : row.<Row>getList(5)) {
      if (header.getString(0).equals(Topics.BARRIER_HEADER)) {
        barrier = new String(header.<byte[]>getAs(1), StandardCharsets.UTF_8);
      }
    }
    return new LogRecord(
        row.getLong(1), row.getInstant(2).toEpochMilli(), row.getAs(3), row.getAs(4), barrier);
  }
}
