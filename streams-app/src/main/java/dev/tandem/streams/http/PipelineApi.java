package dev.tandem.streams.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.config.Nearest;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.Metric;
import dev.tandem.core.kafka.Run;
import dev.tandem.streams.query.Answer;
import dev.tandem.streams.query.AnswerJson;
import dev.tandem.streams.query.QueryRequest;
import dev.tandem.streams.service.HealthReport;
import dev.tandem.streams.service.PipelineService;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the REST API says of a pipeline: itself, its aggregates, their rows, runs and alerts. */
final class PipelineApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json";

  private final Collection<PipelineService> services;
  private final QueryLimits limits;
  private final PageApi pages;

  PipelineApi(Collection<PipelineService> services, PageApi pages, QueryLimits limits) {
    this.services = services;
    this.limits = limits;
    this.pages = pages;
  }

  void routes(RoutesConfig routes) {
    routes.get("/api/v1/{pipeline}", this::pipeline);
    routes.get("/api/v1/{pipeline}/aggregates", this::aggregates);
    routes.get("/api/v1/{pipeline}/aggregates/{name}", this::query);
    routes.get("/api/v1/{pipeline}/runs", this::runs);
    routes.get("/api/v1/{pipeline}/runs/{id}", this::run);
    routes.get("/api/v1/{pipeline}/alerts", http -> DecisionsApi.alerts(http, service(http)));
    routes.get(
        "/api/v1/{pipeline}/page", http -> Tagged.json(http, pages.page(service(http).pipeline())));
    routes.get("/api/v1/{pipeline}/health", http -> http.json(service(http).report().toJson()));
  }

  /** The pipeline that the path names. */
  PipelineService service(Context http) {
    String name = http.pathParam("pipeline");
    return services.stream()
        .filter(s -> s.pipeline().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                notFound(
                    "pipeline", name, services.stream().map(s -> s.pipeline().name()).toList()));
  }

  private static NotFoundResponse notFound(String what, String name, List<String> known) {
    return new NotFoundResponse(
        "no %s %s%s: there are %s"
            .formatted(what, name, Nearest.hint(name, known), String.join(", ", known)));
  }

  private void pipeline(Context http) {
    PipelineService service = service(http);
    PipelineService.Health health = service.health();
    ObjectNode answer = JSON.createObjectNode();
    answer.put("pipeline", service.pipeline().name());
    answer.put("description", service.pipeline().description());
    answer.put("zone", service.pipeline().zone().getId());
    answer.put("state", health.state());
    answer.put("ready", health.ready());
    answer.put("detail", health.detail());
    answer.put("partitions", service.partitions());
    answer.put("partitions_here", service.board().rows().size());
    answer.put("generation", service.board().generation());
    answer.put("committed_epoch", service.board().committedEpoch());
    answer.set("ledger", HealthReport.ledger(service.board().ledger()));
    ArrayNode ledgers = answer.putArray("ledger_here");
    service
        .board()
        .logs()
        .forEach((p, log) -> ledgers.add(HealthReport.ledger(log.ledger()).put("partition", p)));
    answer.put("rows_published", service.board().publishedRows());
    service.lag().ifPresentOrElse(n -> answer.put("lag", n), () -> answer.putNull("lag"));
    ArrayNode names = answer.putArray("aggregates");
    service.pipeline().aggregates().forEach(a -> names.add(a.name()));
    answer.set("decisions", DecisionsApi.standing(service));
    http.json(answer);
  }

  private void aggregates(Context http) {
    PipelineService service = service(http);
    ArrayNode answer = JSON.createArrayNode();
    for (AggregateDefinition aggregate : service.pipeline().aggregates()) {
      ObjectNode node = answer.addObject();
      node.put("name", aggregate.name());
      node.put("id", aggregate.hexId());
      ArrayNode by = node.putArray("by");
      aggregate.by().stream().map(Field::name).forEach(by::add);
      node.put("window", aggregate.window().name().toLowerCase(Locale.ROOT));
      node.put("time", aggregate.time().name());
      ArrayNode metrics = node.putArray("metrics");
      for (Metric metric : aggregate.metrics()) {
        ObjectNode m = metrics.addObject();
        m.put("name", metric.name());
        m.put("kind", metric.kind().name().toLowerCase(Locale.ROOT));
        m.put("field", metric.field().name());
        m.put("scale", metric.field().scale());
      }
      node.put("complete", service.questions().isComplete(aggregate));
    }
    Tagged.json(http, answer);
  }

  private void query(Context http) throws IOException {
    PipelineService service = service(http);
    AggregateDefinition aggregate = aggregate(service, http.pathParam("name"));
    QueryRequest request =
        QueryRequest.parse(aggregate, service.pipeline().zone(), http.queryParamMap());
    limits.check(request.range());
    limits.run(() -> answer(http, service, request));
  }

  private static void answer(Context http, PipelineService service, QueryRequest request)
      throws IOException {
    String query = Optional.ofNullable(http.queryString()).orElse("");
    try (Answer answer = service.questions().ask(request, query)) {
      http.contentType(JSON_TYPE);
      new AnswerJson(service.pipeline().zone()).write(request, answer, http.outputStream());
    }
  }

  /** An aggregate of a pipeline by its name. */
  static AggregateDefinition aggregate(PipelineService service, String name) {
    return service
        .pipeline()
        .aggregate(name)
        .orElseThrow(
            () ->
                notFound(
                    "aggregate",
                    name,
                    service.pipeline().aggregates().stream()
                        .map(AggregateDefinition::name)
                        .toList()));
  }

  private void runs(Context http) {
    ArrayNode answer = JSON.createArrayNode();
    List<Run> runs = new ArrayList<>(service(http).runs().runs().values());
    runs.sort(Comparator.comparingLong(Run::epoch).reversed());
    for (Run run : runs) {
      ObjectNode node = JSON.valueToTree(run);
      node.remove("report");
      node.set("rows", run.report().path("rows").deepCopy());
      answer.add(node);
    }
    Tagged.json(http, answer);
  }

  private void run(Context http) {
    String id = http.pathParam("id");
    Collection<Run> runs = service(http).runs().runs().values();
    Run found =
        runs.stream()
            .filter(r -> r.id().equals(id))
            .findFirst()
            .orElseThrow(() -> notFound("run", id, runs.stream().map(Run::id).toList()));
    Tagged.json(http, found.toBytes());
  }
}
