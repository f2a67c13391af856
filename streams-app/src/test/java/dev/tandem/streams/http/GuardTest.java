package dev.tandem.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.config.Settings;
import dev.tandem.streams.access.Access;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a token, by TLS. */
class GuardTest {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir private Path dir;
  private HttpServer server;
  private Access access;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    Path config = Files.createDirectories(dir.resolve("config"));
    keystore(dir.resolve("server.p12"));
    Settings settings =
        Settings.load(
            dir,
            config,
            Map.of(
                "http.token", TOKEN,
                "http.tls.keystore", "server.p12",
                "http.tls.keystore.password", "changeit"),
            Map.of());
    access = Access.of(settings);
    server = new HttpServer(0, Tiles.NONE, access, settings);
    server.start("127.0.0.1", 0);
    client = access.client().build();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static void keystore(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> login(String token) throws Exception {
    return send(
        request("/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("token=" + token)));
  }

  @Test
  void shouldAnswerNothingOfDataWithoutTheToken() throws Exception {
    for (String path :
        List.of(
            "/api/v1",
            "/api/v1/biketown/aggregates",
            "/internal/v1/biketown/rows/trips_hourly",
            "/metrics",
            "/openapi.json",
            "/nothing",
            "//api/v1",
            "/page/../api/v1",
            "/page/%2e%2e/api/v1",
            "/login/../api/v1",
            "/login;/../api/v1")) {
      HttpResponse<String> answer = send(request(path));
      assertThat(answer.statusCode()).as(path).isIn(400, 401, 404);
      assertThat(answer.body()).as(path).contains("error").doesNotContain("\tat ", TOKEN);
    }
    assertThat(send(request("/api/v1")).headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer realm=\"tandem\"");
    assertThat(send(request("/api/v1").header("Authorization", "Bearer wrong")).statusCode())
        .isEqualTo(401);
  }

  @Test
  void shouldRefuseAsDocumented() throws Exception {
    String document = send(access.authorize(request("/openapi.json"))).body();
    OpenApi api = new OpenApi(new ObjectMapper().readTree(document));
    for (String operation : api.operations()) {
      if (operation.startsWith("GET /api/") || operation.equals("GET /metrics")) {
        String path = operation.substring("GET ".length()).replaceAll("\\{\\w+}", "x");
        HttpResponse<String> answer = send(request(path));
        assertThat(answer.statusCode()).as(operation).isEqualTo(401);
        api.check(operation, answer);
      }
    }
  }

  @Test
  void shouldAnswerWhoKnowsTheToken() throws Exception {
    assertThat(server.url()).startsWith("https://");
    for (String path : List.of("/", "/api/v1", "/metrics", "/openapi.json")) {
      assertThat(send(access.authorize(request(path))).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void shouldTellProbesWithoutTheTokenWhetherItIsUpAndNoMore() throws Exception {
    for (String path : List.of("/health/live", "/health/ready")) {
      assertThat(send(request(path)).body()).isEqualTo("{\"status\":\"up\"}");
      assertThat(send(access.authorize(request(path))).body()).contains("pipelines");
    }
  }

  @Test
  void shouldGiveABrowserACookieForTheToken() throws Exception {
    HttpResponse<String> start = send(request("/"));
    assertThat(start.statusCode()).isEqualTo(303);
    assertThat(start.headers().firstValue("Location")).hasValue("/login");
    assertThat(send(request("/login")).body()).contains("<form method=\"post\" action=\"/login\">");
    assertThat(send(request("/page/login.css")).statusCode()).isEqualTo(200);

    HttpResponse<String> wrong = login("0123456789abcdeF");
    assertThat(wrong.headers().firstValue("Location"))
        .hasValueSatisfying(to -> assertThat(to).endsWith("/login#wrong"));
    assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();

    String cookie = login(TOKEN).headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "Secure", "SameSite=Strict").doesNotContain(TOKEN);
    String session = cookie.substring(0, cookie.indexOf(';'));
    assertThat(send(request("/api/v1").header("Cookie", session)).statusCode()).isEqualTo(200);
    assertThat(send(request("/api/v1").header("Cookie", session + "0")).statusCode())
        .isEqualTo(401);
  }

  @Test
  void shouldNotBeTrustedByWhoDoesNotKnowItsCertificate() {
    assertThatThrownBy(
            () ->
                HttpClient.newHttpClient()
                    .send(request("/health/live").build(), BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }
}
