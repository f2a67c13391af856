package dev.tandem.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.streams.access.Access;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Bytes that no browser sends. Whatever comes, the answer is no 500, ends in time, and shows
 * nothing of the inside. More rounds: {@code -Dtandem.fuzz.rounds=100000}.
 */
class HttpFuzzTest {
  private static final int ROUNDS = Integer.getInteger("tandem.fuzz.rounds", 500);
  private static final int MOST_MILLIS = 60_000;
  private static final List<String> METHODS =
      List.of("GET", "POST", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "get", "\u0000", "");
  private static final List<String> PLAIN =
      List.of(
          "/api/v1",
          "/internal/v1",
          "/biketown",
          "/aggregates",
          "/rows",
          "/trips_hourly",
          "/page",
          "/lib",
          "/login",
          "/health/ready",
          "/metrics",
          "/app.js",
          "/",
          "/%20",
          "/%C3%A9");
  private static final List<String> ODD =
      List.of(
          "//",
          "/..",
          "/%2e%2e",
          "/.",
          ";",
          "%00",
          "%",
          "%zz",
          "%c0%ae",
          "\\",
          "?",
          "#",
          "&",
          "=",
          "?from=",
          "é",
          "\t",
          " ",
          "\r",
          "\u0000",
          "http://x",
          "*",
          "{pipeline}",
          "a".repeat(3_000));
  private static final List<String> HEADERS =
      List.of(
          "Host: x",
          "Host:",
          "Host: a@b/",
          "Content-Length: 5",
          "Content-Length: -1",
          "Content-Length: 99999999999999999999",
          "Transfer-Encoding: chunked",
          "Connection: close",
          "Cookie: tandem-session=1.2",
          "Cookie: =;;=\"",
          "Authorization: Bearer",
          "Expect: x",
          "If-None-Match: \"",
          "Range: bytes=9-1",
          "Upgrade: websocket",
          ": x",
          "x",
          " folded",
          "X: " + "b".repeat(9_000));

  private final HttpServer server =
      new HttpServer(1, Tiles.NONE, Access.OPEN, TestSettings.DEFAULTS);

  @BeforeEach
  void start() {
    server.start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static String request(Random random) {
    StringBuilder text =
        new StringBuilder(random.nextBoolean() ? "GET" : pick(random, METHODS)).append(' ');
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(pick(random, random.nextInt(6) == 0 ? ODD : PLAIN));
    }
    text.append(random.nextInt(20) == 0 ? "" : " HTTP/1.1").append("\r\n");
    text.append(random.nextInt(20) == 0 ? "" : "Host: localhost\r\nConnection: close\r\n");
    for (int i = random.nextInt(2); i > 0; i--) {
      text.append(pick(random, HEADERS)).append("\r\n");
    }
    text.append("\r\n").append("z".repeat(random.nextInt(20)));
    if (random.nextInt(4) == 0) {
      text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
    }
    return text.toString();
  }

  private static String pick(Random random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** All that comes back until the server ends it; the request's end tells it to. */
  private String answer(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(MOST_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException reset) {
      return "";
    }
  }

  @Test
  void shouldAnswerAnyBytesWithoutAFailureOfItsOwn(TestReporter reporter) throws IOException {
    Random random = new Random(20161119);
    Map<String, Integer> statuses = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      String request = request(random);
      String answer = answer(request);
      String status = answer.length() < 12 ? "none" : answer.substring(9, 12);
      statuses.merge(status, 1, Integer::sum);
      assertThat(status).as("round %d: %s", round, request).isNotIn("500", "501", "502");
      assertThat(answer)
          .as("round %d: %s", round, request)
          .doesNotContain("\tat ", "Exception", "org.eclipse", "Jetty");
    }
    reporter.publishEntry("answers", statuses.toString());
    assertThat(answer("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void shouldRefuseAHeadOrABodyThatIsTooLarge() throws IOException {
    String end = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    assertThat(answer("GET /" + "a".repeat(20_000) + end + "\r\n")).startsWith("HTTP/1.1 414");
    assertThat(answer("GET /" + end + "X: " + "a".repeat(20_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    String type = "Content-Type: application/x-www-form-urlencoded\r\n";
    assertThat(
            answer(
                "POST /login" + end + type + "Content-Length: 40000\r\n\r\n" + "a".repeat(40_000)))
        .startsWith("HTTP/1.1 413");
  }
}
