package dev.tandem.streams.query;

import java.util.List;
import java.util.OptionalLong;

/**
 * What was found; to be closed.
 *
 * @param complete whether all events that exist are in
 * @param asOf milliseconds; all that was committed by then in the partitions that answered is in;
 *     empty when none did
 * @param answered partitions that answered
 * @param rows in the order of their keys, parts merged
 */
public record Answer(boolean complete, OptionalLong asOf, List<Integer> answered, Entries rows)
    implements AutoCloseable {
  @Override
  public void close() {
    rows.close();
  }
}
