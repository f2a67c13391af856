package dev.tandem.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.sse.SseClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over a real connection. */
@Timeout(60)
class FeedClientTest {
  private final BlockingQueue<SseClient> connected = new LinkedBlockingQueue<>();
  private final ExecutorService senders = Executors.newCachedThreadPool();
  private final Javalin server =
      Javalin.create(
              config ->
                  config.routes.sse(
                      "/stream",
                      sse -> {
                        sse.keepAlive();
                        connected.add(sse);
                      }))
          .start("127.0.0.1", 0);

  @AfterEach
  void stop() {
    server.stop();
    senders.shutdownNow();
  }

  private Stream<String> listen() throws Exception {
    HttpResponse<Stream<String>> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/stream".formatted(server.port())))
                    .header("Accept", "text/event-stream")
                    .build(),
                BodyHandlers.ofLines());
    return answer.body().filter(line -> line.startsWith("data: "));
  }

  @Test
  void shouldSendEveryEventOfABurstInOrder() throws Exception {
    Stream<String> data = listen();
    FeedClient client = new FeedClient(connected.take(), senders);
    List<String> burst = IntStream.range(0, 300).mapToObj(Integer::toString).toList();
    assertThat(burst).allMatch(event -> client.send("rows", event));
    assertThat(data.limit(burst.size()).toList())
        .isEqualTo(burst.stream().map("data: "::concat).toList());
  }

  @Test
  void shouldLetGoOfAClientThatIsTooFarBehind() throws Exception {
    Stream<String> data = listen();
    FeedClient client = new FeedClient(connected.take(), never -> {});
    for (int i = 0; i < FeedClient.MOST_WAITING; i++) {
      assertThat(client.send("rows", "x")).isTrue();
    }
    assertThat(client.send("rows", "x")).isFalse();
    assertThat(client.send("rows", "x")).as("it stays gone").isFalse();
    assertThat(data).isEmpty();
  }
}
