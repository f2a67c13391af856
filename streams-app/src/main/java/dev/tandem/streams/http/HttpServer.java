package dev.tandem.streams.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.TandemException;
import dev.tandem.core.config.Settings;
import dev.tandem.streams.access.Access;
import dev.tandem.streams.query.BadQueryException;
import dev.tandem.streams.service.Metrics;
import dev.tandem.streams.service.PipelineService;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.sse.SseClient;
import io.javalin.util.JavalinBindException;
import java.io.EOFException;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of a process: read-only, all pipelines. The one place where failures become
 * answers: the caller's are 4xx with {@code error} and, where one is to blame, {@code parameter};
 * ours are 500 with a line in the log and nothing of it in the answer.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private final int expected;
  private final Map<String, PipelineService> services = new ConcurrentSkipListMap<>();
  private final Map<String, LiveFeed> feeds = new ConcurrentHashMap<>();
  private final Metrics metrics = new Metrics();
  private final QueryLimits limits;
  private final PipelineApi api;
  private final PageFiles files = new PageFiles();
  private final SecurityHeaders headers;
  private final Access access;
  private final Guard guard;
  private final Javalin javalin;
  private String host = "";
  private int port;

  /**
   * @param expected how many pipelines must run before it is ready
   * @param tiles where the map's tiles come from
   * @param access who may ask, and whether by TLS
   * @param settings how many may ask at a time
   */
  public HttpServer(int expected, Tiles tiles, Access access, Settings settings) {
    this.access = access;
    this.guard = new Guard(access.token(), access.identity().isPresent(), Clock.systemUTC());
    this.expected = expected;
    this.limits = QueryLimits.of(settings);
    this.api = new PipelineApi(services.values(), new PageApi(tiles), limits);
    this.headers = new SecurityHeaders(tiles.url());
    this.javalin = Javalin.create(this::configure);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.jetty.threadPool = new QueuedThreadPool(limits.threads(), 4);
    config.http.maxRequestSize = 16 << 10;
    config.jetty.modifyServer(server -> server.setErrorHandler(new Connector.Errors()));
    config.jetty.addConnector(
        (server, http) -> Connector.of(server, http, access.identity(), host, port));
    config.routes.before(headers::add);
    guard.routes(config.routes);
    files.routes(config.routes);
    config.routes.get("/health/live", this::live);
    config.routes.get("/health/ready", this::ready);
    config.routes.get(
        "/metrics", http -> http.contentType("text/plain; version=0.0.4").result(metrics.scrape()));
    config.routes.get("/api/v1", http -> http.json(services.keySet()));
    api.routes(config.routes);
    new PeerApi(api).routes(config.routes);
    config.routes.get("/api/v1/{pipeline}/stream", this::stream);
    failures(config);
  }

  private static void failures(JavalinConfig config) {
    config.routes.exception(
        BadQueryException.class, (e, http) -> error(http, 400, e.getMessage(), e.parameter()));
    config.routes.exception(
        HttpResponseException.class,
        (e, http) -> error(http, e.getStatus(), String.valueOf(e.getMessage()), ""));
    config.routes.exception(
        TooManyRequestsResponse.class,
        (e, http) -> {
          http.header("Retry-After", "1");
          error(http, 429, String.valueOf(e.getMessage()), "");
        });
    config.routes.exception(
        ArithmeticException.class,
        (e, http) -> error(http, 400, String.valueOf(e.getMessage()), "from"));
    config.routes.exception(
        InvalidStateStoreException.class,
        (e, http) -> error(http, 503, "the rows are moving to another thread: ask again", ""));
    config.routes.exception(EOFException.class, (e, http) -> LOG.debug("a client went away", e));
    config.routes.exception(Exception.class, HttpServer::ours);
  }

  private static void ours(Exception e, Context http) {
    LOG.error("{} {} failed", http.method(), http.path(), e);
    error(http, 500, "internal error, the log says more", "");
  }

  private static void error(Context http, int status, String message, String parameter) {
    ObjectNode node = JSON.createObjectNode();
    node.put("error", message);
    if (!parameter.isEmpty()) {
      node.put("parameter", parameter);
    }
    http.status(status).contentType("application/json").result(node.toString());
  }

  private void live(Context http) {
    health(http, services.values().stream().allMatch(s -> s.health().live()));
  }

  private void ready(Context http) {
    health(
        http,
        services.size() == expected
            && services.values().stream().allMatch(s -> s.health().ready()));
  }

  private void health(Context http, boolean up) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("status", up ? "up" : "down");
    if (guard.isKnown(http)) {
      ObjectNode pipelines = answer.putObject("pipelines");
      services.forEach((name, service) -> pipelines.set(name, JSON.valueToTree(service.health())));
    }
    http.status(up ? 200 : 503).json(answer);
  }

  /** Answers with events whatever the client says it accepts, so that any client can look. */
  private void stream(Context http) throws IOException {
    PipelineService service = api.service(http);
    http.status(200).header("X-Accel-Buffering", "no");
    http.res().setCharacterEncoding("UTF-8");
    http.res().setContentType("text/event-stream");
    http.res().flushBuffer();
    feeds
        .computeIfAbsent(service.pipeline().name(), name -> LiveFeed.start(service))
        .add(new SseClient(http));
  }

  /** What is served: method and path, {@code GET /api/v1/{pipeline}}. */
  Set<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(handler -> handler.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Serves a pipeline from now on. */
  public void add(PipelineService service) {
    services.put(service.pipeline().name(), service);
    metrics.add(service);
  }

  /**
   * @param port 0: a free one
   */
  public void start(String address, int port) {
    this.host = address;
    this.port = port;
    try {
      javalin.start(address, port);
    } catch (JavalinBindException e) {
      throw TandemException.failed(
          "Port %d of %s is already in use or may not be used: stop what listens there, or give another with --port"
              .formatted(port, address),
          e);
    }
  }

  /** The port that is listened on. */
  public int port() {
    return javalin.port();
  }

  public String url() {
    return access.scheme() + "://" + host + ":" + javalin.port();
  }

  @Override
  public void close() throws Exception {
    feeds.values().forEach(LiveFeed::close);
    javalin.stop();
    metrics.close();
  }
}
