package dev.tandem.bench.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.TandemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks Tandem's REST API for all departures rows again and again. */
final class RestReader implements Reader {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final ObjectReader JSON = JsonMapper.builder().build().reader();

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpRequest request;

  /**
   * @param url of the app
   */
  RestReader(String url, String pipeline) {
    this.request =
        HttpRequest.newBuilder(
                URI.create(
                    url
                        + "/api/v1/"
                        + pipeline
                        + "/aggregates/departures_hourly?by=start_station&metric=trips"))
            .build();
  }

  @Override
  public void read(Waits waits) throws InterruptedException {
    JsonNode rows = rows();
    long now = System.nanoTime();
    for (JsonNode row : rows) {
      String key =
          "{\"aggregate\":\"departures_hourly\",\"window\":%s,\"key\":%s}"
              .formatted(row.path("window"), row.path("key"));
      waits.seen(key, row.path("trips").longValue(), now);
    }
    Thread.sleep(PAUSE.toMillis());
  }

  private JsonNode rows() throws InterruptedException {
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() == 200) {
        return JSON.readTree(response.body()).path("rows");
      }
      throw TandemException.failed(
          request.uri() + " answered " + response.statusCode() + ": see the engine's log");
    } catch (IOException e) {
      throw TandemException.failed(request.uri() + " does not answer: " + e, e);
    }
  }

  @Override
  public void close() {}
}
