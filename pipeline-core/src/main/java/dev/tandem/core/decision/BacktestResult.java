package dev.tandem.core.decision;

import java.util.List;

/**
 * What a backtest found.
 *
 * @param alerts by decision, in the order in which they are declared
 * @param forecasts by aggregate that a baseline is learned of
 * @param learned how many times it was learned
 */
public record BacktestResult(
    BacktestPlan plan, List<AlertCounts> alerts, List<Forecast> forecasts, long learned) {
  private static final double DAY = 24.0 * Hours.LENGTH;

  public BacktestResult {
    alerts = List.copyOf(alerts);
    forecasts = List.copyOf(forecasts);
  }

  /** The length of what was decided. */
  public double days() {
    return (plan.to() - plan.from()) / DAY;
  }
}
