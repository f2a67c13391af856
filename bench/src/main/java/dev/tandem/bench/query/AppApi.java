package dev.tandem.bench.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.TandemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The app's REST API; every client keeps a connection of its own open. */
final class AppApi implements Answerer {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int OK = 200;

  private final URI aggregates;

  /**
   * @param address of the app
   */
  AppApi(URI address, String pipeline) {
    this.aggregates = address.resolve("/api/v1/" + pipeline + "/aggregates/");
  }

  @Override
  public Client connect() {
    return new Connection(
        aggregates, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  @Override
  public void close() {}

  private record Connection(URI aggregates, HttpClient http) implements Client {
    @Override
    public void ask(Question question) throws InterruptedException {
      answer(question);
    }

    private byte[] answer(Question question) throws InterruptedException {
      URI uri = aggregates.resolve(question.path());
      try {
        HttpResponse<byte[]> response =
            http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != OK) {
          throw TandemException.failed(
              "%s was answered with status %d".formatted(uri, response.statusCode()));
        }
        return response.body();
      } catch (IOException e) {
        throw TandemException.failed(uri + " was not answered: " + e, e);
      }
    }

    @Override
    public List<String> rows(Question question) throws InterruptedException {
      JsonNode answer;
      try {
        answer = JSON.readTree(answer(question));
      } catch (IOException e) {
        throw TandemException.failed("the answer is no JSON: " + e.getMessage(), e);
      }
      if (!answer.path("complete").asBoolean()) {
        throw TandemException.failed("the answer is not complete");
      }
      List<String> rows = new ArrayList<>();
      for (JsonNode row : answer.path("rows")) {
        rows.add(
            "%s|%s|%s|%s"
                .formatted(
                    question.name().equals("top10") ? null : row.path("window").asText(),
                    row.path("key").path("start_station").isNull()
                        ? null
                        : row.path("key").path("start_station").asText(),
                    row.path("trips").asText(),
                    row.path("duration_s").path("sum").asText()));
      }
      return rows;
    }

    @Override
    public void close() {}
  }
}
