package dev.tandem.backfill.report;

import dev.tandem.core.TandemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Keeps a backfill from replacing most of what is served by mistake: wrong files, a wrong range.
 *
 * @param maxChange most percent of the rows served in the range that may change or go
 * @param expected rows that may change or go besides: those of a run that is undone
 */
public record Gate(BigDecimal maxChange, long expected) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Without rows that are expected to change. */
  public Gate(BigDecimal maxChange) {
    this(maxChange, 0);
  }

  /** The same where so many rows are expected to change. */
  public Gate beyond(long rows) {
    return new Gate(maxChange, rows);
  }

  /** Whether that many rows may change. New ones do not count; without served rows all may. */
  public boolean allows(RowCounts rows) {
    return changed(rows).compareTo(maxChange.multiply(BigDecimal.valueOf(rows.served()))) <= 0;
  }

  /** Rows that would change and were not expected to, times 100. */
  private BigDecimal changed(RowCounts rows) {
    long changed = Math.max(0, rows.corrected() + rows.removed() - expected);
    return BigDecimal.valueOf(changed).multiply(HUNDRED);
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
        "Cannot publish %s: %s%% of rows in range would change%s (limit %s%%): rerun with --max-change %s%% or look with --dry-run"
            .formatted(
                run,
                plain(percent),
                expected == 0
                    ? ""
                    : String.format(
                        Locale.ROOT, " beyond the %,d that the undone run changed", expected),
                plain(maxChange),
                plain(enough)));
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
