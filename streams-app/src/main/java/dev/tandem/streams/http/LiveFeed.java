package dev.tandem.streams.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.streams.alert.AlertEntry;
import dev.tandem.streams.feed.ChangedRows;
import dev.tandem.streams.feed.PublishedRows;
import dev.tandem.streams.query.AnswerJson;
import dev.tandem.streams.service.HealthReport;
import dev.tandem.streams.service.PipelineService;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells browsers what changes in a pipeline, in any instance, as server-sent events, at most once a
 * flush interval and twice a second: {@code alert}, an array of the alerts that were raised or
 * cleared; {@code rows}, for each aggregate how many rows were published and the newest of them;
 * {@code ledger}, of the partitions that are worked on here; and {@code missed}: there was more,
 * anything may have changed. The first {@code ledger} says that from now on no change is left
 * untold. Nobody waits for a client that is too slow: it is let go, connects again as browsers do,
 * and asks anew. Reads nothing while nobody listens.
 */
final class LiveFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_CLIENTS = 64;
  private static final int MOST_ALERTS = 50;
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final PipelineService service;
  private final AnswerJson json;
  private final Duration period;
  private final Set<FeedClient> clients = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<FeedClient> newcomers = new LinkedBlockingQueue<>();
  private final ExecutorService senders = Executors.newCachedThreadPool(LiveFeed::daemon);
  private final Thread thread = daemon(this::run);
  private @Nullable PublishedRows rows;
  private boolean lost;
  private String lastLedger = "";
  private long lastAlert;
  private long lastSent;
  private volatile boolean closed;

  private LiveFeed(PipelineService service) {
    this.service = service;
    this.json = new AnswerJson(service.pipeline().zone());
    this.period =
        service.flushInterval().compareTo(SHORTEST) < 0 ? SHORTEST : service.flushInterval();
  }

  static LiveFeed start(PipelineService service) {
    LiveFeed feed = new LiveFeed(service);
    feed.thread.start();
    return feed;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "live-feed");
    thread.setDaemon(true);
    return thread;
  }

  /** Takes a client on, unless there are too many. */
  void add(SseClient sse) {
    if (clients.size() + newcomers.size() >= MOST_CLIENTS) {
      sse.sendEvent("error", "too many listeners: at most " + MOST_CLIENTS);
      sse.close();
      return;
    }
    FeedClient client = new FeedClient(sse, senders);
    sse.keepAlive();
    sse.onClose(() -> clients.remove(client));
    newcomers.add(client);
  }

  private void run() {
    while (!closed) {
      try {
        if (clients.isEmpty() && newcomers.isEmpty()) {
          rest();
        } else {
          listen();
          welcome();
          read();
          tell();
        }
      } catch (InterruptedException over) {
        break;
      } catch (RuntimeException e) {
        lost = true;
        LOG.warn("events for browsers are lost", e);
      }
    }
    stopListening();
  }

  private void rest() throws InterruptedException {
    stopListening();
    FeedClient first = newcomers.poll(period.toMillis(), TimeUnit.MILLISECONDS);
    lastAlert = service.alerts().last();
    if (first != null) {
      newcomers.add(first);
    }
  }

  private void listen() {
    if (rows == null) {
      try {
        rows = service.publishedRows();
      } catch (KafkaException e) {
        lost = true;
        LOG.warn("{}: browsers are not told of rows for now", service.pipeline().name(), e);
      }
    }
  }

  private void stopListening() {
    if (rows != null) {
      // Not to be interrupted in the middle of saying goodbye.
      boolean interrupted = Thread.interrupted();
      rows.close();
      rows = null;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void welcome() {
    for (FeedClient client = newcomers.poll(); client != null; client = newcomers.poll()) {
      if (client.send("ledger", ledger())) {
        clients.add(client);
      }
    }
  }

  private void read() throws InterruptedException {
    if (rows == null) {
      Thread.sleep(period.toMillis());
      return;
    }
    try {
      rows.read(period);
    } catch (KafkaException e) {
      LOG.debug("to be begun again", e);
      lost = true;
      stopListening();
    }
  }

  private void tell() {
    List<AlertEntry> alerts = service.alerts().after(lastAlert, MOST_ALERTS);
    if (!alerts.isEmpty()) {
      lastAlert = alerts.get(alerts.size() - 1).offset();
      send("alert", AlertEntry.array(alerts));
    }
    if (rows != null) {
      tell(rows.take());
    }
    String ledger = ledger();
    if (!ledger.equals(lastLedger) || System.nanoTime() - lastSent > HEARTBEAT.toNanos()) {
      lastLedger = ledger;
      send("ledger", ledger);
    }
  }

  private void tell(PublishedRows.Changes changes) {
    for (ChangedRows changed : changes.rows()) {
      send("rows", write(changed));
    }
    if (lost || changes.skipped()) {
      lost = false;
      send("missed", "{}");
    }
  }

  private String ledger() {
    ObjectNode node = HealthReport.ledger(service.board().ledger());
    node.put("rows_published", service.board().publishedRows());
    service.lag().ifPresent(lag -> node.put("lag", lag));
    return node.toString();
  }

  private String write(ChangedRows changed) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(out)) {
      generator.writeStartObject();
      generator.writeStringField("aggregate", changed.aggregate().name());
      generator.writeNumberField("changed", changed.count());
      generator.writeArrayFieldStart("rows");
      for (ChangedRows.Row row : changed.newest()) {
        json.writeRow(
            generator,
            changed.aggregate(),
            row.key().windowStart(),
            row.key().dimensions(),
            row.state(),
            row.epoch());
      }
      generator.writeEndArray();
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private void send(String event, String data) {
    lastSent = System.nanoTime();
    clients.removeIf(client -> !client.send(event, data));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    clients.forEach(FeedClient::close);
    senders.shutdownNow();
  }
}
