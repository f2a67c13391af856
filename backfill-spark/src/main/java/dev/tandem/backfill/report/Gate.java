package dev.tandem.backfill.report;

import dev.tandem.core.TandemException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Keeps a backfill from replacing most of what is served by mistake: wrong files, a wrong range.
 *
 * @param maxChange most percent of the rows served in the range that may change or go
 */
public record Gate(BigDecimal maxChange) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Whether that many rows may change. New ones do not count; without served rows all may. */
  public boolean allows(RowCounts rows) {
    return changed(rows).compareTo(maxChange.multiply(BigDecimal.valueOf(rows.served()))) <= 0;
  }

  private static BigDecimal changed(RowCounts rows) {
    return BigDecimal.valueOf(rows.corrected() + rows.removed()).multiply(HUNDRED);
  }

  /**
   * @param run how the message names the run
   * @throws TandemException failed, when more would change than is allowed
   */
  public void check(String run, RowCounts rows) {
    if (allows(rows)) {
      return;
    }
    BigDecimal served = BigDecimal.valueOf(rows.served());
    BigDecimal percent = changed(rows).divide(served, 1, RoundingMode.CEILING);
    BigDecimal enough = percent.setScale(0, RoundingMode.CEILING);
    throw TandemException.failed(
        "Cannot publish %s: %s%% of rows in range would change (limit %s%%): rerun with --max-change %s%% or look with --dry-run"
            .formatted(run, plain(percent), plain(maxChange), plain(enough)));
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
