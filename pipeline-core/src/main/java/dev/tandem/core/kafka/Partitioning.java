package dev.tandem.core.kafka;

import dev.tandem.core.row.RowKey;
import org.apache.kafka.common.utils.Utils;

/** In which partition a key belongs: murmur2, as Kafka's own producers do. */
public final class Partitioning {
  private Partitioning() {}

  /** Of events and claims, by event id. */
  public static int ofEvent(byte[] id, int partitions) {
    return Utils.toPositive(Utils.murmur2(id)) % partitions;
  }

  /** Of partials and corrections, by the row's window and dimensions. */
  public static int ofRow(RowKey key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key.placement())) % partitions;
  }
}
