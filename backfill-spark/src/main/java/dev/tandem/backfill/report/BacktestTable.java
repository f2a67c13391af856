package dev.tandem.backfill.report;

import dev.tandem.core.decision.AlertCounts;
import dev.tandem.core.decision.BacktestPlan;
import dev.tandem.core.decision.BacktestResult;
import dev.tandem.core.decision.Forecast;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A {@link BacktestResult} for people. */
public final class BacktestTable {
  private static final int TOP = 5;

  private BacktestTable() {}

  public static List<String> lines(BacktestResult result, ZoneId zone) {
    BacktestPlan plan = result.plan();
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "decided  %s to %s, %.1f days",
            time(plan.from(), zone), time(plan.to(), zone), result.days()));
    lines.add(
        "learned  "
            + (plan.learnTo().isPresent()
                ? "once, from what is before " + time(plan.learnTo().getAsLong(), zone)
                : "at every midnight, from the weeks before it"));
    lines.add("");
    int width =
        result.alerts().stream().mapToInt(a -> a.decision().name().length()).max().orElse(0);
    width = Math.max(width, "decision".length()) + 1;
    lines.add(
        text(
            "%-" + width + "s %-15s %9s %9s %9s %9s  %s",
            "decision",
            "kind",
            "raised",
            "cleared",
            "a day",
            "subjects",
            "most often"));
    for (AlertCounts alerts : result.alerts()) {
      lines.add(
          text(
              "%-" + width + "s %-15s %,9d %,9d %9.2f %,9d  %s",
              alerts.decision().name(),
              alerts.decision().kind().code(),
              alerts.raised(),
              alerts.cleared(),
              alerts.raised() / result.days(),
              alerts.subjects(),
              top(alerts)));
    }
    if (!result.forecasts().isEmpty()) {
      forecasts(result.forecasts(), lines);
    }
    return lines;
  }

  private static String top(AlertCounts alerts) {
    return alerts.top(TOP).stream()
        .map(e -> text("%s %,d", e.getKey().isEmpty() ? "(all)" : e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static void forecasts(List<Forecast> forecasts, List<String> lines) {
    int width = forecasts.stream().mapToInt(f -> f.aggregate().length()).max().orElse(0);
    lines.add("");
    lines.add("mean absolute error of the prediction of the next hour, events");
    lines.add(
        text(
            "%-" + width + "s %-11s %12s %10s %10s %10s",
            "",
            "of",
            "predictions",
            "learned",
            "last week",
            "zero"));
    for (Forecast forecast : forecasts) {
      lines.add(line(width, forecast.aggregate(), "each", forecast.bySubject()));
      lines.add(line(width, "", "all at once", forecast.altogether()));
    }
  }

  private static String line(int width, String name, String of, Forecast.Errors errors) {
    return text(
        "%-" + width + "s %-11s %,12d %10.5f %10.5f %10.5f",
        name,
        of,
        errors.predictions(),
        errors.learned(),
        errors.naive(),
        errors.zero());
  }

  private static String time(long time, ZoneId zone) {
    return Instant.ofEpochMilli(time).atZone(zone).toOffsetDateTime().toString();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
