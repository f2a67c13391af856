package dev.tandem.streams.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.definition.Decision;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.streams.alert.AlertEntry;
import dev.tandem.streams.alert.AlertQuery;
import dev.tandem.streams.service.PipelineService;
import dev.tandem.streams.topology.DecisionBoard;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/** What the REST API says of a pipeline's decisions. */
final class DecisionsApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DecisionsApi() {}

  /** The alerts that are asked for, as they were written. */
  static void alerts(Context http, PipelineService service) {
    PipelineDefinition pipeline = service.pipeline();
    AlertQuery query =
        AlertQuery.parse(pipeline.decisions().names(), pipeline.zone(), http.queryParamMap());
    String alerts = AlertEntry.array(service.alerts().select(query));
    Tagged.json(http, alerts.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * How many alerts are open by decision, and how far it is decided: {@code decided_to} and {@code
   * baseline} are null where another instance decides. {@code next_baseline} is the version that
   * the next hour is decided against, null where none was learned.
   */
  static ObjectNode standing(PipelineService service) {
    ObjectNode json = JSON.createObjectNode();
    Optional<DecisionBoard.Decided> decided = service.board().decisions().decided();
    json.put(
        "decided_to",
        decided.flatMap(d -> endOf(d.hour(), service.pipeline().zone())).orElse(null));
    json.put("baseline", decided.flatMap(DecisionBoard.Decided::baseline).orElse(null));
    json.put("next_baseline", service.nextBaseline().orElse(null));
    json.put("open", service.alerts().open());
    ArrayNode all = json.putArray("decisions");
    for (Decision decision : service.pipeline().decisions().all()) {
      ObjectNode one = all.addObject();
      one.put("name", decision.name());
      one.put("kind", decision.kind().code());
      one.put("open", service.alerts().open(decision.name()));
    }
    return json;
  }

  /** The end of an hour, local time with offset. */
  private static Optional<String> endOf(OptionalLong hour, ZoneId zone) {
    return hour.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Instant.ofEpochMilli(hour.getAsLong())
                .plusSeconds(3_600)
                .atZone(zone)
                .toOffsetDateTime()
                .toString());
  }
}
