package dev.tandem.streams.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.TandemException;
import dev.tandem.streams.access.Access;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks the REST API of a running app. */
final class ApiClient {
  private static final int TOO_MANY = 429;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(5);

  private final String base;
  private final Access access;
  private final HttpClient http;

  /**
   * @param base {@code http://host:port}
   * @param access the token to send, and the certificate to trust
   * @throws TandemException wrong use: not such an address
   */
  ApiClient(String base, Access access) {
    this.access = access;
    this.http = access.client().connectTimeout(CONNECT).build();
    this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    if (!this.base.matches("https?://[^/?#]+")) {
      throw TandemException.wrongUse("--url " + base + ": give one such as http://localhost:8080");
    }
  }

  String base() {
    return base;
  }

  /**
   * The body of an answer; to be closed.
   *
   * @param path with its query, encoded
   * @throws TandemException failed: nobody answers, or not now; wrong use: the question is wrong
   */
  InputStream get(String path, String hint) throws InterruptedException {
    try {
      HttpResponse<InputStream> answer = send(path);
      if (answer.statusCode() == 200) {
        return answer.body();
      }
      String error = error(answer);
      boolean busy = answer.statusCode() == TOO_MANY;
      if (answer.statusCode() >= 400 && answer.statusCode() < 500 && !busy) {
        throw TandemException.wrongUse(error);
      }
      throw TandemException.failed(base + " answers " + answer.statusCode() + ": " + error);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw TandemException.failed("the streams app does not answer at " + base + ": " + hint, e);
    } catch (IOException e) {
      throw TandemException.failed(
          "the streams app at " + base + " broke off: " + e.getMessage(), e);
    }
  }

  /** An answer as JSON; empty when nobody answers. */
  Optional<JsonNode> tryGet(String path) throws InterruptedException {
    try (InputStream body = send(path).body()) {
      return Optional.of(JSON.readTree(body));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private HttpResponse<InputStream> send(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
    return http.send(access.authorize(request).build(), BodyHandlers.ofInputStream());
  }

  private static String error(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      JsonNode node = JSON.readTree(body);
      return node.path("error").asText("status " + answer.statusCode());
    }
  }
}
