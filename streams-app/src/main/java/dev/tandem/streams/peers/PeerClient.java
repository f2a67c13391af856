package dev.tandem.streams.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.streams.access.Access;
import dev.tandem.streams.query.BadQueryException;
import dev.tandem.streams.query.Entries;
import dev.tandem.streams.query.PartCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.HostInfo;

/** Asks another instance for its part of an answer. Thread-safe. */
final class PeerClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofMillis(700);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final HttpClient http;
  private final Access access;
  private final String pipeline;

  /**
   * @param access the same for all instances
   */
  PeerClient(String pipeline, Access access) {
    this.pipeline = pipeline;
    this.access = access;
    this.http =
        access.client().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  }

  /** Partitions that answered, and their rows. */
  record Part(List<PartCodec.Head> heads, Entries rows) {}

  /**
   * @param query of the URL, as it came; empty: none
   * @return fails with {@link BadQueryException} when the question is to blame, else with an {@link
   *     IOException} or {@link UncheckedIOException}
   */
  CompletableFuture<Part> ask(
      HostInfo peer, AggregateDefinition aggregate, String query, List<Integer> partitions) {
    String numbers = partitions.stream().map(String::valueOf).collect(Collectors.joining(","));
    URI uri =
        URI.create(
            "%s://%s:%d/internal/v1/%s/rows/%s?partitions=%s&definition=%s%s"
                .formatted(
                    access.scheme(),
                    peer.host(),
                    peer.port(),
                    pipeline,
                    aggregate.name(),
                    numbers,
                    aggregate.hexId(),
                    query.isEmpty() ? "" : "&" + query));
    HttpRequest request = access.authorize(HttpRequest.newBuilder(uri).timeout(ANSWER)).build();
    RowLayout layout = new RowLayout(aggregate);
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
        .thenApply(answer -> read(peer, answer, layout));
  }

  private static Part read(HostInfo peer, HttpResponse<InputStream> answer, RowLayout layout) {
    try (InputStream body = answer.body()) {
      if (answer.statusCode() == 400) {
        JsonNode error = JSON.readTree(body);
        throw new BadQueryException(
            error.path("parameter").asText("by"), error.path("error").asText());
      }
      if (answer.statusCode() != 200) {
        throw new IOException(peer + " answers " + answer.statusCode());
      }
      InputStream all = Spool.of(body);
      return new Part(PartCodec.readHeads(all), PartCodec.rows(all, layout));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
