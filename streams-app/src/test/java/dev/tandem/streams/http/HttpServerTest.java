package dev.tandem.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.streams.access.Access;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page's files, before any pipeline runs. */
class HttpServerTest {
  private static final Pattern LINK = Pattern.compile("\"(/(?:page|lib)/[^\"]+)\"");

  private final HttpServer server =
      new HttpServer(1, Tiles.NONE, Access.OPEN, TestSettings.DEFAULTS);
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    server.start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** From the start page on, whatever a file names is there, and comes from here. */
  @Test
  void shouldServeEveryFileThatThePageNames() throws Exception {
    List<String> open = new java.util.ArrayList<>(List.of("/"));
    for (int i = 0; i < open.size(); i++) {
      HttpResponse<String> answer = get(open.get(i));
      assertThat(answer.statusCode()).as(open.get(i)).isEqualTo(200);
      if (!open.get(i).startsWith("/lib/")) {
        assertThat(answer.body())
            .as(open.get(i))
            .doesNotContainPattern("https?://(?!www\\.w3\\.org)");
        LINK.matcher(answer.body())
            .results()
            .map((MatchResult link) -> link.group(1))
            .filter(link -> !open.contains(link))
            .forEach(open::add);
      }
    }
    assertThat(open).contains("/page/map.js", "/page/health.js", "/lib/leaflet-1.9.4.css");
  }

  @Test
  void shouldAllowNoScriptButItsOwn() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("<script>", "style=", "onclick=");
  }

  @Test
  void shouldSendAFileAgainOnlyWhenItChanged() throws Exception {
    for (String file : List.of("/", "/page/app.js", "/lib/echarts-5.5.0.js", "/openapi.json")) {
      String tag = get(file).headers().firstValue("ETag").orElseThrow();
      assertThat(get(file, "If-None-Match", tag).statusCode()).as(file).isEqualTo(304);
    }
  }

  /** The page's own files apart, and what instances ask each other. */
  @Test
  void shouldDocumentEveryRoute() throws Exception {
    OpenApi api = new OpenApi(new ObjectMapper().readTree(get("/openapi.json").body()));
    Set<String> served = new TreeSet<>();
    for (String route : server.routes()) {
      if (!route.matches("GET /(login|(page|lib)/.*|internal/.*)?")) {
        served.add(route.replace("/runs/{id}", "/runs/{run}").replace("/{name}", "/{aggregate}"));
      }
    }
    assertThat(served).isEqualTo(api.operations());
  }

  @Test
  void shouldAnswerAsDocumentedBeforeAnyPipelineRuns() throws Exception {
    OpenApi api = new OpenApi(new ObjectMapper().readTree(get("/openapi.json").body()));
    for (String operation : api.operations()) {
      if (operation.startsWith("GET ")) {
        String path = operation.substring("GET ".length()).replaceAll("\\{\\w+}", "x");
        api.check(operation, get(path));
      }
    }
    String tag = get("/openapi.json").headers().firstValue("ETag").orElseThrow();
    api.check("GET /openapi.json", get("/openapi.json", "If-None-Match", tag));
  }

  @Test
  void shouldServeNothingBesideThem() throws Exception {
    for (String file :
        List.of(
            "/page/none.js",
            "/page/..%2Fopenapi.json",
            "/page/%2e%2e/HttpServer.class",
            "/page/index.html",
            "/lib/jquery.js",
            "/lib/..%2F..%2Fpom.xml")) {
      assertThat(get(file).statusCode()).as(file).isIn(400, 404);
    }
  }

  @Test
  void shouldAllowTheTilesOfAConfiguredServerAlone() {
    assertThat(SecurityHeaders.origin("https://{s}.tile.example.org/{z}/{x}/{y}.png"))
        .isEqualTo("https://*.tile.example.org");
    assertThat(SecurityHeaders.origin("http://localhost:8081/tiles/{z}/{x}/{y}.png"))
        .isEqualTo("http://localhost:8081");
  }
}
