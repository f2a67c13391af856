package dev.tandem.streams;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.streams.access.Access;
import dev.tandem.streams.http.HttpServer;
import dev.tandem.streams.http.Tiles;
import dev.tandem.streams.service.PipelineService;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.HostInfo;

/** All pipelines of one process behind one HTTP server. */
public final class StreamsApp implements AutoCloseable {
  private static final long POLL_MILLIS = 100;

  private final Settings settings;
  private final List<PipelineDefinition> definitions;
  private final Consumer<String> notice;
  private final List<PipelineService> services = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> failure = new CompletableFuture<>();
  private volatile HttpServer http;
  private volatile boolean closed;

  /**
   * @param notice is told what happens at start, for a person to read
   */
  @SuppressWarnings("NullAway.Init") // http is there from start on
  public StreamsApp(
      Settings settings, List<PipelineDefinition> definitions, Consumer<String> notice) {
    this.settings = settings;
    this.definitions = List.copyOf(definitions);
    this.notice = notice;
  }

  /**
   * Starts everything and waits until all pipelines run.
   *
   * @return where the REST API and the pages are
   * @throws TandemException when something is not as it must be
   */
  public String start() throws InterruptedException {
    Tiles tiles =
        new Tiles(
            settings.get(Keys.MAP_TILES).orElse(""), settings.get(Keys.MAP_ATTRIBUTION).orElse(""));
    Access access = Access.of(settings);
    http = new HttpServer(definitions.size(), tiles, access, settings);
    http.start(settings.get(Keys.HTTP_HOST), settings.get(Keys.HTTP_PORT));
    notice.accept("starting " + names() + "; look at " + http.url());
    for (PipelineDefinition definition : definitions) {
      PipelineService service = PipelineService.start(settings, definition, self(), notice);
      services.add(service);
      http.add(service);
      service
          .failure()
          .thenAccept(e -> failure.complete(definition.name() + " " + service.health().detail()));
    }
    while (!services.stream().allMatch(s -> s.health().ready())) {
      if (failure.isDone()) {
        throw TandemException.failed(failure.join());
      }
      Thread.sleep(POLL_MILLIS);
    }
    return http.url();
  }

  /** Where other instances find this one. */
  private HostInfo self() {
    String host =
        settings.get(Keys.HTTP_ADVERTISED).orElseGet(() -> StreamsApp.reachable(settings));
    return new HostInfo(host, http.port());
  }

  /** The address that is listened on; where that is any address, the name of the machine. */
  private static String reachable(Settings settings) {
    String host = settings.get(Keys.HTTP_HOST);
    try {
      return InetAddress.getByName(host).isAnyLocalAddress()
          ? InetAddress.getLocalHost().getHostName()
          : host;
    } catch (UnknownHostException e) {
      return host;
    }
  }

  /** The pipelines that were started. */
  List<PipelineService> services() {
    return List.copyOf(services);
  }

  private String names() {
    return String.join(", ", definitions.stream().map(PipelineDefinition::name).toList());
  }

  /** Waits until a pipeline has stopped by itself, and says why. */
  public String awaitFailure() {
    return failure.join();
  }

  /** Stops everything, each pipeline after a last commit; a second call does nothing. */
  @Override
  public synchronized void close() throws Exception {
    if (closed) {
      return;
    }
    closed = true;
    services.parallelStream().forEach(PipelineService::close);
    if (http != null) {
      http.close();
    }
  }
}
