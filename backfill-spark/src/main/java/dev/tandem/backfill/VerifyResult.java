package dev.tandem.backfill;

import dev.tandem.backfill.engine.Recheck;
import dev.tandem.core.kafka.LedgerCheck;
import java.util.List;

/**
 * How the rows served compare with those computed.
 *
 * @param aggregates in the pipeline's order
 * @param first the rows that are different, as many as were asked for
 * @param ledger with the log counted again
 */
record VerifyResult(List<Aggregate> aggregates, List<Recheck.Row> first, LedgerCheck ledger) {
  VerifyResult {
    aggregates = List.copyOf(aggregates);
    first = List.copyOf(first);
  }

  /**
   * Rows of one aggregate.
   *
   * @param moving rows that events touched meanwhile; they are not judged
   */
  record Aggregate(String name, long compared, long different, long moving) {}

  Aggregate total() {
    return aggregates.stream()
        .reduce(
            new Aggregate("total", 0, 0, 0),
            (a, b) ->
                new Aggregate(
                    "total",
                    a.compared + b.compared,
                    a.different + b.different,
                    a.moving + b.moving));
  }
}
