package dev.tandem.streams.http;

import dev.tandem.core.TandemException;
import dev.tandem.streams.service.PipelineService;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server of a process: read-only, all pipelines. */
public final class HttpServer implements AutoCloseable {
  private static final int MAX_THREADS = 32;

  private final List<PipelineService> services;
  private final Javalin javalin;
  private String host = "";

  /**
   * @param services may grow after the start
   */
  public HttpServer(List<PipelineService> services) {
    this.services = services;
    this.javalin = Javalin.create(this::configure);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.jetty.threadPool = new QueuedThreadPool(MAX_THREADS, 4);
    config.http.maxRequestSize = 16 << 10;
    config.routes.before(HttpServer::secure);
    config.routes.get("/health/live", this::live);
    config.routes.get("/health/ready", this::ready);
  }

  private static void secure(Context http) {
    http.header("X-Content-Type-Options", "nosniff");
    http.header("X-Frame-Options", "DENY");
    http.header("Referrer-Policy", "no-referrer");
    http.header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    http.header("Cache-Control", "no-store");
  }

  private void live(Context http) {
    http.status(services.stream().allMatch(s -> s.health().live()) ? 200 : 503).result("");
  }

  private void ready(Context http) {
    http.status(services.stream().allMatch(s -> s.health().ready()) ? 200 : 503).result("");
  }

  /**
   * @param port 0: a free one
   */
  public void start(String host, int port) {
    this.host = host;
    try {
      javalin.start(host, port);
    } catch (JavalinBindException e) {
      throw TandemException.failed(
          "Port %d of %s is already in use or may not be used: stop what listens there, or give another with --port"
              .formatted(port, host),
          e);
    }
  }

  public String url() {
    return "http://" + host + ":" + javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
