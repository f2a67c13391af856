package dev.tandem.streams.query;

import dev.tandem.core.reconcile.CommittedEpochs;
import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;

/**
 * Rows of a partition that are being read.
 *
 * @param number of the partition
 * @param entries row key to row, in the order of the keys
 * @param committed epochs whose corrections are in; not to be changed
 * @param live by definition id (16 hexadecimal digits), since which generation it is counted
 * @param asOf milliseconds; all that was committed by then is in
 * @param closing frees what the entries hold
 */
public record OpenPartition(
    int number,
    Iterator<KeyValue<byte[], byte[]>> entries,
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
