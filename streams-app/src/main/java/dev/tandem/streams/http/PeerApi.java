package dev.tandem.streams.http;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.streams.query.BadQueryException;
import dev.tandem.streams.query.Entries;
import dev.tandem.streams.query.PartCodec;
import dev.tandem.streams.query.QueryRequest;
import dev.tandem.streams.service.PipelineService;
import io.javalin.config.RoutesConfig;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What instances of the app ask each other: the parts of an answer, as {@link PartCodec} writes.
 */
final class PeerApi {
  private static final String PARTITIONS = "partitions";
  private static final String DEFINITION = "definition";

  private final PipelineApi api;

  PeerApi(PipelineApi api) {
    this.api = api;
  }

  void routes(RoutesConfig routes) {
    routes.get("/internal/v1/{pipeline}/rows/{name}", this::rows);
  }

  private void rows(Context http) throws IOException {
    PipelineService service = api.service(http);
    AggregateDefinition aggregate = PipelineApi.aggregate(service, http.pathParam("name"));
    if (!aggregate.hexId().equals(http.queryParam(DEFINITION))) {
      throw new ConflictResponse(
          aggregate.name() + " is another definition here: " + aggregate.hexId());
    }
    Map<String, List<String>> parameters = new HashMap<>(http.queryParamMap());
    parameters.remove(DEFINITION);
    parameters.remove(PARTITIONS);
    QueryRequest request = QueryRequest.parse(aggregate, service.pipeline().zone(), parameters);
    List<PartCodec.Head> heads = new ArrayList<>();
    try (Entries rows =
        service.questions().here(request, partitions(http, service.partitions()), heads)) {
      http.contentType("application/octet-stream");
      BufferedOutputStream out = new BufferedOutputStream(http.outputStream(), 64 << 10);
      PartCodec.write(heads, rows, out);
      out.flush();
    }
  }

  private static List<Integer> partitions(Context http, int count) {
    String given = Optional.ofNullable(http.queryParam(PARTITIONS)).orElse("");
    try {
      List<Integer> numbers = Stream.of(given.split(",")).map(Integer::valueOf).distinct().toList();
      if (numbers.stream().allMatch(n -> n >= 0 && n < count)) {
        return numbers;
      }
    } catch (NumberFormatException notNumbers) {
      // Said below.
    }
    throw new BadQueryException(PARTITIONS, "give numbers from 0 to " + (count - 1));
  }
}
