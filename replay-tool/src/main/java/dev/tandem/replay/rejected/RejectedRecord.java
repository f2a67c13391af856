package dev.tandem.replay.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.aggregate.Hashes;
import dev.tandem.core.kafka.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code P.rejected}.
 *
 * @param rejectedAt milliseconds since the epoch
 * @param source {@code file:line} or {@code topic-partition@offset}
 * @param reason the code of a {@code RejectReason}
 * @param value the bytes as they were; of a row of a file without its line break
 * @param columns the header record of the CSV file it is a row of; null where it is none
 */
record RejectedRecord(
    int partition,
    long offset,
    long rejectedAt,
    String source,
    String reason,
    String error,
    byte @Nullable [] value,
    byte @Nullable [] columns) {

  static RejectedRecord of(ConsumerRecord<byte[], byte[]> record) {
    Header columns = record.headers().lastHeader(Topics.COLUMNS_HEADER);
    return new RejectedRecord(
        record.partition(),
        record.offset(),
        record.timestamp(),
        header(record, Topics.SOURCE_HEADER),
        header(record, Topics.REASON_HEADER),
        header(record, Topics.ERROR_HEADER),
        record.value(),
        columns == null ? null : columns.value());
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }

  /** The same for the same bytes from the same source: a hash of 64 bits. */
  long identity() {
    long ofValue = value == null ? 0 : Hashes.of(value);
    return Hashes.of((source + "\n" + ofValue).getBytes(UTF_8));
  }

  /** Whether it was a record of the events topic, and not a row of a file. */
  boolean isOf(Topics topics) {
    return source.startsWith(topics.events() + "-") && source.indexOf('@') > 0 && columns == null;
  }
}
