package dev.tandem.backfill;

import dev.tandem.core.fault.FailPoint;
import dev.tandem.core.kafka.Partitioning;
import java.util.ArrayList;
import java.util.List;

/** Writes claims, in transactions of a bounded size: readers are never held up for long. */
final class ClaimWriter {
  private static final int A_TRANSACTION = 50_000;

  private final RunWriter writer;
  private final String topic;
  private final int partitions;
  private final List<Claim> batch = new ArrayList<>();

  private record Claim(byte[] id, byte[] claims) {}

  ClaimWriter(RunWriter writer, String topic, int partitions) {
    this.writer = writer;
    this.topic = topic;
    this.partitions = partitions;
  }

  /**
   * @param id the event id's UTF-8
   */
  void add(byte[] id, byte[] claims) {
    batch.add(new Claim(id, claims));
    if (batch.size() >= A_TRANSACTION) {
      flush();
    }
  }

  /** All claims of the epoch have been added: closes every partition, behind the last of them. */
  void end(long epoch) {
    flush();
    FailPoint.BACKFILL_CLAIMS_OPEN.reached();
    writer.transaction(() -> writer.sendEndMarkers(topic, epoch));
  }

  private void flush() {
    if (batch.isEmpty()) {
      return;
    }
    writer.transaction(
        () ->
            batch.forEach(
                claim -> {
                  int partition = Partitioning.ofEvent(claim.id, partitions);
                  writer.send(topic, partition, claim.id, claim.claims);
                  FailPoint.BACKFILL_CLAIM.reached();
                }));
    batch.clear();
  }
}
