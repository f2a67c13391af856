package dev.tandem.streams.query;

import dev.tandem.core.reconcile.CommittedEpochs;
import java.util.Iterator;
import java.util.Map;

/**
 * Rows of a partition that are being read.
 *
 * @param number of the partition
 * @param blocks its served rows in the order of their keys; perhaps more than were asked for
 * @param committed epochs whose corrections are in; not to be changed
 * @param live by definition id (16 hexadecimal digits), since which generation it is counted
 * @param asOf milliseconds; all that was committed by then is in
 * @param closing frees what the blocks are read from
 */
public record OpenPartition(
    int number,
    Iterator<RowBlock> blocks,
    CommittedEpochs committed,
    Map<String, Long> live,
    long asOf,
    Runnable closing)
    implements AutoCloseable {
  public OpenPartition {
    live = Map.copyOf(live);
  }

  @Override
  public void close() {
    closing.run();
  }
}
