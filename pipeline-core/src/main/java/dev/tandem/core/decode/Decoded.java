package dev.tandem.core.decode;

import dev.tandem.core.event.Event;
import dev.tandem.core.event.RejectReason;
import org.jspecify.annotations.Nullable;

/** What became of one record of a file. */
public sealed interface Decoded {
  /**
   * The line of the file on which the record begins, from 1; a CSV header has one, too. Of Parquet
   * the number of the row.
   */
  long line();

  /** An event with id and time, as read: no rule is applied. */
  record Good(Event event, long line) implements Decoded {}

  /**
   * No event.
   *
   * @param raw the record's bytes without the line break behind it, of Parquet the row as JSON; of
   *     one longer than {@link FileDecoder#MAX_RECORD_BYTES} only the beginning
   * @param error what is wrong, for people
   * @param columns of CSV, the header record of the file as it is written there: with it, {@code
   *     raw} can be decoded again by itself; null of JSON lines, which need none, and of Parquet
   */
  record Bad(long line, byte[] raw, RejectReason reason, String error, byte @Nullable [] columns)
      implements Decoded {}
}
