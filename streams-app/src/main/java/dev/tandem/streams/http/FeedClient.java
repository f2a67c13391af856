package dev.tandem.streams.http;

import io.javalin.http.sse.SseClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener to server-sent events, and what it has not been sent yet: everything, in order, up
 * to a limit. Thread-safe.
 */
final class FeedClient {
  /** Some ten seconds of a busy pipeline with eight aggregates, in events. */
  static final int MOST_WAITING = 400;

  private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);

  private final SseClient sse;
  private final Executor senders;
  private final Deque<Event> waiting = new ArrayDeque<>();
  private boolean sending;

  private record Event(String name, String data) {}

  FeedClient(SseClient sse, Executor senders) {
    this.sse = sse;
    this.senders = senders;
  }

  /**
   * Sends an event after those before it, in the background.
   *
   * @return whether it still listens; a client that is gone, or too far behind, is closed
   */
  synchronized boolean send(String event, String data) {
    if (sse.terminated()) {
      return false;
    }
    if (waiting.size() == MOST_WAITING) {
      LOG.debug("a listener is {} events behind: it has to connect again", MOST_WAITING);
      close();
      return false;
    }
    waiting.add(new Event(event, data));
    if (!sending) {
      sending = true;
      senders.execute(this::sendWaiting);
    }
    return true;
  }

  private void sendWaiting() {
    try {
      for (Event event = next(); event != null; event = next()) {
        sse.sendEvent(event.name, event.data);
      }
    } catch (RuntimeException gone) {
      LOG.debug("a listener went away", gone);
      close();
    }
  }

  private synchronized @Nullable Event next() {
    Event event = waiting.poll();
    sending = event != null;
    return event;
  }

  void close() {
    sse.close();
  }
}
