package dev.tandem.streams.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.row.RowKey;
import dev.tandem.streams.alert.AlertEntry;
import dev.tandem.streams.query.AnswerJson;
import dev.tandem.streams.service.HealthReport;
import dev.tandem.streams.service.PipelineService;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells browsers what changes in a pipeline, as server-sent events, at most once a flush interval:
 * {@code alert}, an array of the alerts that were raised or cleared; {@code rows}, for each
 * aggregate how many rows were published and the newest of them; and {@code ledger}. Nobody waits
 * for a client that is too slow: it is let go, connects again as browsers do, and asks anew.
 */
final class LiveFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_CLIENTS = 64;
  private static final int MAX_ROWS = 20;
  private static final int MAX_ALERTS = 50;
  private static final long SHORTEST_MILLIS = 200;
  private static final long HEARTBEAT_MILLIS = 10_000;

  private final PipelineService service;
  private final AnswerJson rows;
  private final Set<FeedClient> clients = ConcurrentHashMap.newKeySet();
  private final Map<AggregateDefinition, Changes> changes = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(LiveFeed::daemon);
  private final ExecutorService senders = Executors.newCachedThreadPool(LiveFeed::daemon);
  private String lastLedger = "";
  private long lastAlert;
  private long lastSent;

  private record Change(RowState state, long epoch) {}

  /** What changed in one aggregate since the last event. */
  private static final class Changes {
    private long count;
    private final Map<RowKey, Change> newest = new LinkedHashMap<>();

    synchronized void add(RowKey key, Change change) {
      count++;
      newest.remove(key);
      newest.put(key, change);
      if (newest.size() > MAX_ROWS) {
        newest.remove(newest.keySet().iterator().next());
      }
    }
  }

  LiveFeed(PipelineService service) {
    this.service = service;
    this.rows = new AnswerJson(service.pipeline().zone());
    this.lastAlert = service.alerts().last();
    service.board().listen(this::changed);
    long period = Math.max(SHORTEST_MILLIS, service.flushInterval().toMillis());
    timer.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "live-feed");
    thread.setDaemon(true);
    return thread;
  }

  private void changed(AggregateDefinition aggregate, RowKey key, RowState served, long epoch) {
    if (!clients.isEmpty()) {
      changes.computeIfAbsent(aggregate, a -> new Changes()).add(key, new Change(served, epoch));
    }
  }

  /** Takes a client on, unless there are too many. */
  void add(SseClient sse) {
    if (clients.size() >= MAX_CLIENTS) {
      sse.sendEvent("error", "too many listeners");
      sse.close();
      return;
    }
    FeedClient client = new FeedClient(sse, senders);
    sse.keepAlive();
    sse.onClose(() -> clients.remove(client));
    sse.sendEvent("ledger", ledger());
    clients.add(client);
  }

  private void tick() {
    try {
      if (clients.isEmpty()) {
        changes.clear();
        lastAlert = service.alerts().last();
        return;
      }
      List<AlertEntry> alerts = service.alerts().after(lastAlert, MAX_ALERTS);
      if (!alerts.isEmpty()) {
        lastAlert = alerts.get(alerts.size() - 1).offset();
        send("alert", AlertEntry.array(alerts));
      }
      for (AggregateDefinition aggregate : changes.keySet()) {
        Changes taken = changes.remove(aggregate);
        if (taken != null) {
          send("rows", write(aggregate, taken));
        }
      }
      String ledger = ledger();
      long now = System.nanoTime() / 1_000_000;
      if (!ledger.equals(lastLedger) || now - lastSent > HEARTBEAT_MILLIS) {
        lastLedger = ledger;
        send("ledger", ledger);
      }
    } catch (RuntimeException e) {
      LOG.warn("an event for browsers is lost", e);
    }
  }

  private String ledger() {
    ObjectNode node = HealthReport.ledger(service.board().ledger());
    node.put("rows_published", service.board().publishedRows());
    service.lag().ifPresent(lag -> node.put("lag", lag));
    return node.toString();
  }

  private String write(AggregateDefinition aggregate, Changes taken) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      synchronized (taken) {
        json.writeStartObject();
        json.writeStringField("aggregate", aggregate.name());
        json.writeNumberField("changed", taken.count);
        json.writeArrayFieldStart("rows");
        for (Map.Entry<RowKey, Change> e : taken.newest.entrySet()) {
          rows.writeRow(
              json,
              aggregate,
              e.getKey().windowStart(),
              e.getKey().dimensions(),
              e.getValue().state(),
              e.getValue().epoch());
        }
        json.writeEndArray();
        json.writeEndObject();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toString();
  }

  private void send(String event, String data) {
    lastSent = System.nanoTime() / 1_000_000;
    clients.removeIf(client -> !client.send(event, data));
  }

  @Override
  public void close() {
    timer.shutdownNow();
    clients.forEach(FeedClient::close);
    senders.shutdownNow();
  }
}
