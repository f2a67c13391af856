package dev.tandem.backfill.report;

import dev.tandem.core.reconcile.Ledger;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the app says became of the events before the cut of a run, held against the log as the batch
 * read it.
 *
 * @param partitions by partition of the log
 * @param inLog events and rejected records that the batch found before the cut
 */
public record CutLedger(Map<Integer, Ledger> partitions, long inLog) {
  public CutLedger {
    partitions = Collections.unmodifiableMap(new TreeMap<>(partitions));
  }

  public Ledger total() {
    return partitions.values().stream().reduce(Ledger.ZERO, Ledger::plus);
  }

  public boolean balances() {
    return problem().isEmpty();
  }

  /**
   * What is wrong: events of a partition that nothing became of, or events of the log that the app
   * has never read. It may have read more than the batch: records that have been deleted since, and
   * false barriers, which it rejects.
   */
  public Optional<String> problem() {
    for (Map.Entry<Integer, Ledger> e : partitions.entrySet()) {
      if (!e.getValue().balances()) {
        return Optional.of("partition " + e.getKey() + ": " + e.getValue());
      }
    }
    long read = total().read();
    return read >= inLog
        ? Optional.empty()
        : Optional.of(
            "the log has %,d events before the cut, and the app has read %,d"
                .formatted(inLog, read));
  }
}
