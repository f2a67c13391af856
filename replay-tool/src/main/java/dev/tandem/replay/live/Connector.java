package dev.tandem.replay.live;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Opens connections: WebSockets for {@code ws} and {@code wss}, HTTP for the others. */
final class Connector implements AutoCloseable {
  private final Map<String, String> headers;
  private final Duration patience;
  // Whoever receives waits while Kafka is slow, so there is a thread for each connection.
  private final ExecutorService receivers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "live-receive");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient client;

  /**
   * @param headers are sent to every address; redirects are not followed, so to no other
   * @param patience how long a server may take to answer
   */
  Connector(Map<String, String> headers, Duration patience) {
    this.headers = headers;
    this.patience = patience;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .executor(receivers)
            .build();
  }

  Connection connect(URI uri, Inbox inbox) {
    return uri.getScheme().startsWith("ws") ? socket(uri, inbox) : http(uri, inbox);
  }

  private Connection socket(URI uri, Inbox inbox) {
    WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(patience);
    headers.forEach(builder::header);
    return new SocketConnection(listener -> builder.buildAsync(uri, listener), inbox);
  }

  private Connection http(URI uri, Inbox inbox) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
    headers.forEach(request::header);
    return new HttpConnection(client, request.build(), inbox);
  }

  /** Ends those that still receive, also where they wait for room. */
  @Override
  public void close() {
    receivers.shutdownNow();
  }
}
