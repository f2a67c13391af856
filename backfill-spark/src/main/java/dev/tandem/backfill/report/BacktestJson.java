package dev.tandem.backfill.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.decision.AlertCounts;
import dev.tandem.core.decision.BacktestPlan;
import dev.tandem.core.decision.BacktestResult;
import dev.tandem.core.decision.Forecast;
import java.time.Instant;
import java.time.ZoneId;

/** A {@link BacktestResult} for programs. */
public final class BacktestJson {
  private static final int TOP = 20;

  private BacktestJson() {}

  /** On one line. */
  public static String text(BacktestResult result, ZoneId zone) {
    BacktestPlan plan = result.plan();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("from", time(plan.from(), zone)).put("to", time(plan.to(), zone));
    if (plan.learnTo().isPresent()) {
      json.put("learned_to", time(plan.learnTo().getAsLong(), zone));
    } else {
      json.putNull("learned_to");
    }
    json.put("learned", result.learned());
    ArrayNode decisions = json.putArray("decisions");
    result.alerts().forEach(alerts -> decision(decisions.addObject(), alerts, result.days()));
    ArrayNode forecasts = json.putArray("forecasts");
    for (Forecast forecast : result.forecasts()) {
      ObjectNode one = forecasts.addObject().put("aggregate", forecast.aggregate());
      errors(one.putObject("each"), forecast.bySubject());
      errors(one.putObject("all"), forecast.altogether());
    }
    return json.toString();
  }

  private static void decision(ObjectNode json, AlertCounts alerts, double days) {
    json.put("name", alerts.decision().name()).put("kind", alerts.decision().kind().code());
    json.put("raised", alerts.raised()).put("cleared", alerts.cleared());
    json.put("raised_a_day", alerts.raised() / days).put("subjects", alerts.subjects());
    ArrayNode top = json.putArray("top");
    alerts
        .top(TOP)
        .forEach(e -> top.addObject().put("subject", e.getKey()).put("raised", e.getValue()));
  }

  private static void errors(ObjectNode json, Forecast.Errors errors) {
    json.put("predictions", errors.predictions()).put("learned", errors.learned());
    json.put("last_week", errors.naive()).put("zero", errors.zero());
  }

  private static String time(long time, ZoneId zone) {
    return Instant.ofEpochMilli(time).atZone(zone).toOffsetDateTime().toString();
  }
}
